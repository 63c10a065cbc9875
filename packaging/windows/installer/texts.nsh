; What our own installer says, in its four languages. The Tatar and Bashkir sentences are the
; project's; no native speaker has read them yet (docs/packages.md).

!macro Text name russian tatar bashkir english
  LangString ${name} ${LANG_RUSSIAN} "${russian}"
  LangString ${name} ${LANG_TATAR} "${tatar}"
  LangString ${name} ${LANG_BASHKIR} "${bashkir}"
  LangString ${name} ${LANG_ENGLISH} "${english}"
!macroend

!insertmacro Text USERS_TITLE \
  "Для кого установить" \
  "Кем өчен урнаштырырга" \
  "Кем өсөн ҡуйырға" \
  "Who is it for"
!insertmacro Text USERS_SUBTITLE \
  "Записи и разговоры у каждого свои." \
  "Язмалар һәм сөйләшүләр һәркемнең үзенеке." \
  "Яҙмалар һәм һөйләшеүҙәр һәр кемдең үҙенеке." \
  "Everybody keeps recordings and conversations of their own."
!insertmacro Text FOR_ME \
  "Только для меня: прав администратора не нужно" \
  "Минем өчен генә: администратор хокуклары кирәкми" \
  "Минең өсөн генә: администратор хоҡуҡтары кәрәкмәй" \
  "Only for me: no administrator needed"
!insertmacro Text FOR_EVERYONE \
  "Для всех на этом компьютере" \
  "Бу компьютердагы һәркем өчен" \
  "Был компьютерҙағы һәр кем өсөн" \
  "For everybody on this computer"
!insertmacro Text IS_RUNNING \
  "Толмач сейчас открыт. Он закроется; то, что записано, сохранится." \
  "Толмач хәзер ачык. Ул ябылачак; язылганнары сакланачак." \
  "Толмач хәҙер асыҡ. Ул ябыласаҡ; яҙылғандары һаҡланасаҡ." \
  "Tolmach is open. It will be closed; what was recorded stays."
!insertmacro Text NO_RIGHTS \
  "Чтобы установить для всех, нужны права администратора." \
  "Һәркем өчен урнаштыру өчен администратор хокуклары кирәк." \
  "Һәр кем өсөн ҡуйыуға администратор хоҡуҡтары кәрәк." \
  "To install for everybody takes an administrator."
!insertmacro Text NOT_WRITTEN \
  "Файлы не записались: нет места на диске или другая программа держит их. Прежняя версия осталась." \
  "Файллар язылмады: дискта урын юк яки башка программа аларны тота. Элекке версия калды." \
  "Файлдар яҙылманы: дискта урын юҡ йәки башҡа программа уларҙы тота. Элекке версия ҡалды." \
  "The files could not be written: the disk is full or another program holds them. The earlier version stays."
!insertmacro Text OLD_WINDOWS \
  "Толмачу нужна Windows 10 версии 1809 или новее." \
  "Толмачка Windows 10 (1809 версиясе) яки яңарагы кирәк." \
  "Толмачҡа Windows 10 (1809 версияһы) йәки яңырағы кәрәк." \
  "Tolmach needs Windows 10 version 1809 or newer."
!insertmacro Text PACK \
  "Модель Толмача" \
  "Толмач моделе" \
  "Толмач моделе" \
  "Tolmach model"
!insertmacro Text ARGOS \
  "Модель перевода Argos" \
  "Argos тәрҗемә моделе" \
  "Argos тәржемә моделе" \
  "Argos translation model"
!insertmacro Text DATA \
  "Мои записи, разговоры и модели" \
  "Минем язмаларым, сөйләшүләрем һәм модельләрем" \
  "Минең яҙмаларым, һөйләшеүҙәрем һәм моделдәрем" \
  "My recordings, conversations and models"
