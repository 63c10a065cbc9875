; Closes the copy of the program that runs out of $INSTDIR: window, worker, terminal. Windows are
; asked first, as by their cross; what is still there after ten seconds is ended.

!define QUERY_PROCESS 0x1000
!define END_PROCESS 0x1001
!define PID_BYTES 65536

!macro RunningFunctions un

; pid in $1 -> $2: 1 if it is one of our programs in $INSTDIR
Function ${un}IsOurs
  StrCpy $2 0
  System::Call 'kernel32::OpenProcess(i ${QUERY_PROCESS}, i 0, i r1) p .r3'
  ${If} $3 P<> 0
    StrCpy $4 ""
    System::Call 'kernel32::QueryFullProcessImageNameW(p r3, i 0, w .r4, *i ${NSIS_MAX_STRLEN})'
    System::Call 'kernel32::CloseHandle(p r3)'
    ${If} $4 == "$INSTDIR\${PROGRAM}"
    ${OrIf} $4 == "$INSTDIR\${CONSOLE}"
      StrCpy $2 1
    ${EndIf}
  ${EndIf}
FunctionEnd

; $Survivors: how many processes of the program there are; ends each if $9 is 1
Function ${un}CountRunning
  StrCpy $Survivors 0
  System::Alloc ${PID_BYTES}
  Pop $7
  System::Call 'psapi::EnumProcesses(p r7, i ${PID_BYTES}, *i .r8)'
  IntPtrOp $8 $7 + $8
  StrCpy $0 $7
  ${While} $0 P< $8
    System::Call '*$0(i .r1)'
    Call ${un}IsOurs
    ${If} $2 = 1
      IntOp $Survivors $Survivors + 1
      ${If} $9 = 1
        System::Call 'kernel32::OpenProcess(i ${END_PROCESS}, i 0, i r1) p .r3'
        System::Call 'kernel32::TerminateProcess(p r3, i 1)'
        System::Call 'kernel32::CloseHandle(p r3)'
      ${EndIf}
    ${EndIf}
    IntPtrOp $0 $0 + 4
  ${EndWhile}
  System::Free $7
FunctionEnd

Function ${un}AskWindows
  StrCpy $0 0
  ${Do}
    System::Call 'user32::FindWindowExW(p 0, p r0, p 0, p 0) p .r0'
    ${If} $0 P= 0
      ${Break}
    ${EndIf}
    System::Call 'user32::GetWindowThreadProcessId(p r0, *i .r1)'
    Call ${un}IsOurs
    ${If} $2 = 1
      System::Call 'user32::PostMessageW(p r0, i ${WM_CLOSE}, p 0, p 0)'
    ${EndIf}
  ${Loop}
FunctionEnd

Function ${un}CloseRunning
  StrCpy $9 0
  Call ${un}CountRunning
  ${If} $Survivors = 0
    Return
  ${EndIf}
  MessageBox MB_ICONINFORMATION|MB_OKCANCEL "$(IS_RUNNING)" /SD IDOK IDOK close
    Abort
  close:
  Call ${un}AskWindows
  ${ForEach} $R0 1 40 + 1
    Sleep 250
    Call ${un}CountRunning
    ${If} $Survivors = 0
      Return
    ${EndIf}
  ${Next}
  StrCpy $9 1
  Call ${un}CountRunning
  Sleep 1000
FunctionEnd

!macroend
