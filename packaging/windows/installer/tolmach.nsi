; The installer of the Windows program; `build.py` makes it on Linux with Debian's makensis, build.ps1
; on Windows.
;
;   tolmach-…-setup.exe [/S] [/AllUsers] [/D=folder]      /D last and without quotes
;   uninstall.exe       [/S] [/Data]                      /Data removes what the person made, too
;
; Rules: a new version is unpacked whole beside the old one before anything of the old one moves: who
; is cut off before that has the old version, and who is cut off while they change places gets it back
; from the next installer. What was not installed is not removed, nor closed.

Unicode true
Target amd64-unicode
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
SetDateSave off

!include MUI2.nsh
!include FileFunc.nsh
!include TextFunc.nsh
!include LogicLib.nsh
!include nsDialogs.nsh
!include WinVer.nsh
!include "${ENTRIES}"  ; macro Entries: what lies at the top of the bundle

!define PRODUCT "Толмач"
!define FOLDER "Tolmach"
!define PROGRAM "Tolmach.exe"
!define CONSOLE "tolmach.com"
!define NEW ".tolmach-new"  ; of the folders while a version is put in
!define OLD ".tolmach-old"
!define ENTRIES_LIST ".tolmach-entries"  ; what the installed version has at its top
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Tolmach"
!define CLASSES "Software\Classes"
!define OLDEST_BUILD 17763  ; Windows 10 1809: Qt 6 needs it

!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

Name "${PRODUCT}"
OutFile "${OUTPUT}"
BrandingText "${PRODUCT} ${VERSION}"
SetFont "Segoe UI" 9  ; every Windows has it, with the letters of Tatar and Bashkir
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
ShowInstDetails nevershow
ShowUninstDetails nevershow
AllowSkipFiles off

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=0 ProductName "${PRODUCT}"
VIAddVersionKey /LANG=0 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=0 FileVersion "${VERSION}"
VIAddVersionKey /LANG=0 FileDescription "${PRODUCT}"
VIAddVersionKey /LANG=0 CompanyName "Tolmach"
VIAddVersionKey /LANG=0 LegalCopyright "Apache-2.0"

Var Everyone     ; 1: for all users of this computer
Var EveryoneBox
Var PersonBox
Var OldFolder    ; where an earlier version lies, if elsewhere
Var Writing      ; 1: files are being written
Var Survivors    ; how many processes of the program are there

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_ALWAYSSHOW
!define MUI_LANGDLL_ALLLANGUAGES
!define MUI_LANGDLL_WINDOWTITLE "${PRODUCT}"
!define MUI_LANGDLL_INFO "Язык · Тел · Тел · Language"
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!define MUI_FINISHPAGE_NOAUTOCLOSE

Page custom ChooseUsers UsersChosen
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE FolderChosen
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "Russian"
!insertmacro MUI_LANGUAGE "Tatar"
!insertmacro MUI_LANGUAGEEX "${SOURCE}" "Bashkir"
!insertmacro MUI_LANGUAGE "English"
!include "${SOURCE}\texts.nsh"

!include "${SOURCE}\running.nsh"
!insertmacro RunningFunctions ""
!insertmacro RunningFunctions "un."

; --- who it is for ---------------------------------------------------------------------------------

Function .onInit
  ReadRegStr $0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" CurrentBuildNumber
  ${IfNot} ${AtLeastWin10}
  ${OrIf} $0 < ${OLDEST_BUILD}
    MessageBox MB_ICONSTOP|MB_OK "$(OLD_WINDOWS)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/Language=" $2
  ${If} ${Errors}
    !insertmacro MUI_LANGDLL_DISPLAY
  ${Else}
    StrCpy $LANGUAGE $2
  ${EndIf}
  StrCpy $Everyone 0
  ClearErrors
  ${GetOptions} $1 "/AllUsers" $2
  ${IfNot} ${Errors}
    StrCpy $Everyone 1
    Call RequireRights
  ${Else}
    ; Who has it for everybody would get a second copy.
    ReadRegStr $2 HKLM "${UNINSTALL}" InstallLocation
    ReadRegStr $3 HKCU "${UNINSTALL}" InstallLocation
    ${If} $2 != ""
    ${AndIf} ${FileExists} "$2\uninstall.exe"  ; which lies there while versions change places, too
    ${AndIf} $3 == ""
      StrCpy $Everyone 1
      ${If} ${Silent}
        Call RequireRights
      ${EndIf}
    ${EndIf}
  ${EndIf}
  Call SetPlace
  Call OwnFolder
FunctionEnd

; Nobody can be asked for rights in a silent installation.
Function RequireRights
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 != "Admin"
    MessageBox MB_ICONSTOP|MB_OK "$(NO_RIGHTS)" /SD IDOK
    SetErrorLevel 5
    Quit
  ${EndIf}
FunctionEnd

; The folder: as the command line says, where it was before, or the usual one.
Function SetPlace
  ${If} $Everyone = 1
    SetShellVarContext all
    ReadRegStr $OldFolder HKLM "${UNINSTALL}" InstallLocation
    StrCpy $0 "$PROGRAMFILES64\${FOLDER}"
  ${Else}
    SetShellVarContext current
    ReadRegStr $OldFolder HKCU "${UNINSTALL}" InstallLocation
    StrCpy $0 "$LOCALAPPDATA\Programs\${FOLDER}"
  ${EndIf}
  ${If} $OldFolder != ""
  ${AndIf} ${FileExists} "$OldFolder\uninstall.exe"
    StrCpy $0 $OldFolder
  ${EndIf}
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR $0
  ${EndIf}
FunctionEnd

; A folder where others live is not ours: one in it is.
Function OwnFolder
  ${DoUntil} ${FileExists} "$INSTDIR\${PROGRAM}"
    ${If} ${FileExists} "$INSTDIR\${OLD}\*.*"
    ${OrIf} ${FileExists} "$INSTDIR\${NEW}\*.*"
      ${Break}  ; ours, cut off
    ${EndIf}
    ${DirState} "$INSTDIR" $0
    ${If} $0 <> 1
      ${Break}  ; empty, or not there
    ${EndIf}
    StrCpy $INSTDIR "$INSTDIR\${FOLDER}"
  ${Loop}
FunctionEnd

; The folder stands there as it will be, before anything is written.
Function FolderChosen
  StrCpy $R9 $INSTDIR
  Call OwnFolder
  ${If} $INSTDIR != $R9
    FindWindow $0 "#32770" "" $HWNDPARENT
    GetDlgItem $0 $0 1019
    SendMessage $0 ${WM_SETTEXT} 0 "STR:$INSTDIR"
    Abort
  ${EndIf}
FunctionEnd

Function ChooseUsers
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/AllUsers" $2
  ${IfNot} ${Errors}
    Abort  ; chosen already
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "$(USERS_TITLE)" "$(USERS_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 10u 100% 12u "$(FOR_ME)"
  Pop $PersonBox
  ${NSD_CreateRadioButton} 0 30u 100% 12u "$(FOR_EVERYONE)"
  Pop $EveryoneBox
  StrCpy $0 $PersonBox
  ${If} $Everyone = 1
    StrCpy $0 $EveryoneBox
  ${EndIf}
  ${NSD_Check} $0
  ${NSD_SetFocus} $0
  nsDialogs::Show
FunctionEnd

Function UsersChosen
  ${NSD_GetState} $EveryoneBox $0
  ${If} $0 <> ${BST_CHECKED}
    ${If} $Everyone = 1
      StrCpy $Everyone 0
      StrCpy $INSTDIR ""
      Call SetPlace
    ${EndIf}
    Return
  ${EndIf}
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 == "Admin"
    StrCpy $Everyone 1
    StrCpy $INSTDIR ""
    Call SetPlace
  ${Else}
    ClearErrors
    ExecShell "runas" "$EXEPATH" "/AllUsers /Language=$LANGUAGE"
    ${If} ${Errors}
      Abort  ; the person said no
    ${EndIf}
    Quit
  ${EndIf}
FunctionEnd

; Not with the rights of the installer: Explorer starts it as the person.
Function StartProgram
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${PROGRAM}"'
FunctionEnd

; --- installation ----------------------------------------------------------------------------------

; What of the installed version lies at the top, by its own list; an entry in $R1.
Function SetAside
  ${If} ${FileExists} "$INSTDIR\$R1"
    Rename "$INSTDIR\$R1" "$INSTDIR\${OLD}\$R1"
  ${EndIf}
FunctionEnd

Function SetAsideAll
  !macro SetAsideOwn entry
    StrCpy $R1 "${entry}"
    Call SetAside
  !macroend
  !insertmacro Entries SetAsideOwn
  ${If} ${Errors}
    SetErrors
    Return
  ${EndIf}
  FileOpen $R0 "$INSTDIR\${ENTRIES_LIST}" r
  ${If} ${Errors}
    ClearErrors  ; nothing was installed here
    Return
  ${EndIf}
  ${Do}
    ClearErrors
    FileRead $R0 $R1
    ${If} ${Errors}
      ${Break}
    ${EndIf}
    ${TrimNewLines} $R1 $R1
    ${If} $R1 != ""
      Call SetAside
      ${If} ${Errors}
        FileClose $R0
        SetErrors
        Return
      ${EndIf}
    ${EndIf}
  ${Loop}
  FileClose $R0
  ClearErrors
FunctionEnd

; Whatever was set aside goes back to its place.
Function PutBack
  FindFirst $R0 $R1 "$INSTDIR\${OLD}\*.*"
  ${DoUntil} $R1 == ""
    ${If} $R1 != "."
    ${AndIf} $R1 != ".."
      RMDir /r "$INSTDIR\$R1"
      Delete "$INSTDIR\$R1"
      Rename "$INSTDIR\${OLD}\$R1" "$INSTDIR\$R1"
    ${EndIf}
    FindNext $R0 $R1
  ${Loop}
  FindClose $R0
FunctionEnd

!macro PutIn entry
  Rename "$INSTDIR\${NEW}\${entry}" "$INSTDIR\${entry}"
!macroend

; What was put in goes with the rest of the new version.
!macro TakeOut entry
  ${IfNot} ${FileExists} "$INSTDIR\${NEW}\${entry}"
    Rename "$INSTDIR\${entry}" "$INSTDIR\${NEW}\${entry}"
  ${EndIf}
!macroend

!macro Remove entry
  RMDir /r "$INSTDIR\${entry}"
  Delete "$INSTDIR\${entry}"
!macroend

!macro List entry
  FileWrite $R0 "${entry}$\r$\n"
!macroend

Section
  Call CloseRunning
  ; Both folders are there only while the versions change places.
  ${If} ${FileExists} "$INSTDIR\${OLD}\*.*"
  ${AndIf} ${FileExists} "$INSTDIR\${NEW}\*.*"
    Call PutBack
  ${EndIf}
  RMDir /r "$INSTDIR\${NEW}"
  RMDir /r "$INSTDIR\${OLD}"

  StrCpy $Writing 1
  ClearErrors
  SetOutPath "$INSTDIR\${NEW}"
  ${If} ${Errors}  ; which clears them
    Abort
  ${EndIf}
  File /r "${BUNDLE}\*"
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    Abort
  ${EndIf}

  ; The old _internal goes as a whole: files of an earlier version would be loaded by this one.
  CreateDirectory "$INSTDIR\${OLD}"
  ClearErrors
  Call SetAsideAll
  ${If} ${Errors}  ; which clears them
    Call PutBack
    Abort
  ${EndIf}
  !insertmacro Entries PutIn
  ${If} ${Errors}
    !insertmacro Entries TakeOut
    Call PutBack
    Abort
  ${EndIf}
  RMDir "$INSTDIR\${NEW}"
  RMDir /r "$INSTDIR\${OLD}"
  FileOpen $R0 "$INSTDIR\${ENTRIES_LIST}" w
  !insertmacro Entries List
  FileClose $R0
  StrCpy $Writing 0

  Call RemoveElsewhere
  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call Register
SectionEnd

Function .onInstFailed
  ${If} $Writing = 1
    SetOutPath "$TEMP"
    RMDir /r "$INSTDIR\${NEW}"
    RMDir "$INSTDIR\${OLD}"
    RMDir "$INSTDIR"
    MessageBox MB_ICONSTOP|MB_OK "$(NOT_WRITTEN)" /SD IDOK
    SetErrorLevel 4
  ${EndIf}
FunctionEnd

; The same program in the folder that was chosen for an earlier version: its data stays.
Function RemoveElsewhere
  ${If} $OldFolder != ""
  ${AndIf} $OldFolder != $INSTDIR
  ${AndIf} ${FileExists} "$OldFolder\uninstall.exe"
    ExecWait '"$OldFolder\uninstall.exe" /S _?=$OldFolder'
    Delete "$OldFolder\uninstall.exe"
    RMDir "$OldFolder"
  ${EndIf}
FunctionEnd

; A model that is opened is added; the terminal stays until the person has read what it says.
!macro FileType ending class text
  WriteRegStr SHCTX "${CLASSES}\${ending}" "" "${class}"
  WriteRegStr SHCTX "${CLASSES}\${class}" "" "${text}"
  WriteRegStr SHCTX "${CLASSES}\${class}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr SHCTX "${CLASSES}\${class}\shell\open\command" "" \
    '"$SYSDIR\cmd.exe" /s /k ""$INSTDIR\${CONSOLE}" packs add "%1""'
!macroend

Function Register
  CreateShortcut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${PROGRAM}"
  WriteRegStr SHCTX "${UNINSTALL}" DisplayName "${PRODUCT}"
  WriteRegStr SHCTX "${UNINSTALL}" DisplayVersion "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" DisplayIcon "$INSTDIR\${PROGRAM}"
  WriteRegStr SHCTX "${UNINSTALL}" Publisher "Tolmach"
  WriteRegStr SHCTX "${UNINSTALL}" InstallLocation "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" UninstallString '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
  WriteRegStr SHCTX "${UNINSTALL}" Language "$LANGUAGE"
  WriteRegDWORD SHCTX "${UNINSTALL}" EstimatedSize ${KILOBYTES}
  WriteRegDWORD SHCTX "${UNINSTALL}" NoModify 1
  WriteRegDWORD SHCTX "${UNINSTALL}" NoRepair 1
  !insertmacro FileType ".tolmach" "Tolmach.Pack" "$(PACK)"
  !insertmacro FileType ".argosmodel" "Tolmach.Argos" "$(ARGOS)"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'  ; SHCNE_ASSOCCHANGED
FunctionEnd

; --- removal ---------------------------------------------------------------------------------------

!macro ForgetType ending class
  ReadRegStr $0 SHCTX "${CLASSES}\${ending}" ""
  ${If} $0 == "${class}"  ; another program may have taken it since
    DeleteRegKey SHCTX "${CLASSES}\${ending}"
  ${EndIf}
  DeleteRegKey SHCTX "${CLASSES}\${class}"
!macroend

Section "un.${PRODUCT}"
  SectionIn RO
  Call un.CloseRunning
  !insertmacro Entries Remove
  RMDir /r "$INSTDIR\${NEW}"
  RMDir /r "$INSTDIR\${OLD}"
  Delete "$INSTDIR\${ENTRIES_LIST}"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  !insertmacro ForgetType ".tolmach" "Tolmach.Pack"
  !insertmacro ForgetType ".argosmodel" "Tolmach.Argos"
  DeleteRegKey SHCTX "${UNINSTALL}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

; Of the person who asked: an administrator who lends their rights has data of their own.
Section /o "un.$(DATA)" DATA_SECTION
  SetShellVarContext current
  RMDir /r "$LOCALAPPDATA\tolmach"
SectionEnd

; -> $3: who this process runs as
Function un.Person
  ExpandEnvStrings $3 "%USERDOMAIN%\%USERNAME%"
FunctionEnd

Function un.onInit
  ReadRegStr $0 HKLM "${UNINSTALL}" InstallLocation
  ${If} $0 == $INSTDIR
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
      ${IfNot} ${Silent}
        Call un.Person
        ExecShell "runas" "$INSTDIR\uninstall.exe" "/Person=$3"
      ${EndIf}
      SetErrorLevel 5
      Quit
    ${EndIf}
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/Data" $2
  ${IfNot} ${Errors}
    SectionSetFlags ${DATA_SECTION} ${SF_SELECTED}
  ${EndIf}
  ClearErrors
  ${GetOptions} $1 "/Person=" $2
  ${IfNot} ${Errors}
    Call un.Person
    ${If} $2 != $3
      SectionSetFlags ${DATA_SECTION} ${SF_RO}
      SectionSetText ${DATA_SECTION} ""
    ${EndIf}
  ${EndIf}
  ReadRegStr $2 SHCTX "${UNINSTALL}" Language
  ${If} $2 != ""
    StrCpy $LANGUAGE $2
  ${EndIf}
FunctionEnd
