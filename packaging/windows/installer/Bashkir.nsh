; The pages of our installer alone; others would be in English.

!insertmacro LANGFILE "Bashkir" = "Башҡортса" "Bashqortsa"

!ifdef MUI_DIRECTORYPAGE
  ${LangFileString} MUI_TEXT_DIRECTORY_TITLE "Ҡуйыу папкаһын һайлау"
  ${LangFileString} MUI_TEXT_DIRECTORY_SUBTITLE "$(^NameDA) ҡуйыу өсөн папка һайлағыҙ."
!endif

!ifdef MUI_INSTFILESPAGE
  ${LangFileString} MUI_TEXT_INSTALLING_TITLE "Файлдарҙы күсереү"
  ${LangFileString} MUI_TEXT_INSTALLING_SUBTITLE "$(^NameDA) файлдары күсерелә, көтөгөҙ..."
  ${LangFileString} MUI_TEXT_FINISH_TITLE "Ҡуйыу тамамланды"
  ${LangFileString} MUI_TEXT_FINISH_SUBTITLE "Ҡуйыу уңышлы тамамланды."
  ${LangFileString} MUI_TEXT_ABORT_TITLE "Ҡуйыу туҡтатылды"
  ${LangFileString} MUI_TEXT_ABORT_SUBTITLE "Ҡуйыу уңышһыҙ тамамланды."
!endif

!ifdef MUI_UNINSTFILESPAGE
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_TITLE "Юйыу"
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_SUBTITLE "$(^NameDA) файлдары юйыла, көтөгөҙ..."
  ${LangFileString} MUI_UNTEXT_FINISH_TITLE "Юйыу тамамланды"
  ${LangFileString} MUI_UNTEXT_FINISH_SUBTITLE "Программаны юйыу уңышлы тамамланды."
  ${LangFileString} MUI_UNTEXT_ABORT_TITLE "Юйыу туҡтатылды"
  ${LangFileString} MUI_UNTEXT_ABORT_SUBTITLE "Юйыу тулыһынса башҡарылманы."
!endif

!ifdef MUI_FINISHPAGE
  ${LangFileString} MUI_TEXT_FINISH_INFO_TITLE "$(^NameDA) ҡуйылды"
  ${LangFileString} MUI_TEXT_FINISH_INFO_TEXT "$(^NameDA) компьютерығыҙға ҡуйылды.$\r$\n$\r$\nСығыу өсөн «Тамам» төймәһенә баҫығыҙ."
  ${LangFileString} MUI_TEXT_FINISH_INFO_REBOOT "$(^NameDA) ҡуйыуҙы тамамлау өсөн компьютерҙы яңынан ҡабыҙырға кәрәк. Хәҙер башҡарырғамы?"
  ${LangFileString} MUI_TEXT_FINISH_REBOOTNOW "Эйе, хәҙер яңынан ҡабыҙырға"
  ${LangFileString} MUI_TEXT_FINISH_REBOOTLATER "Юҡ, һуңыраҡ үҙем ҡабыҙам"
  ${LangFileString} MUI_TEXT_FINISH_RUN "$(^NameDA) программаһын &асырға"
  ${LangFileString} MUI_TEXT_FINISH_SHOWREADME "&ReadMe файлын күрһәтергә"
  ${LangFileString} MUI_BUTTONTEXT_FINISH "&Тамам"
!endif

!ifdef MUI_UNCOMPONENTSPAGE
  ${LangFileString} MUI_UNTEXT_COMPONENTS_TITLE "Нимәне юйырға"
  ${LangFileString} MUI_UNTEXT_COMPONENTS_SUBTITLE "Юйырға теләгән өлөштәрҙе һайлағыҙ."
  ${LangFileString} MUI_INNERTEXT_COMPONENTS_DESCRIPTION_TITLE "Тасуирлама"
  ${LangFileString} MUI_INNERTEXT_COMPONENTS_DESCRIPTION_INFO "Өлөштөң тасуирламаһын уҡыу өсөн уның исеменә төбәп тороғоҙ."
!endif

!ifdef MUI_ABORTWARNING
  ${LangFileString} MUI_TEXT_ABORTWARNING "$(^Name) ҡуйыуҙы ысынлап та туҡтатырғамы?"
!endif
