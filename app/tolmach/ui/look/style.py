"""The style sheet; $names are the fields of theme.Colours."""

STYLE = """
* { outline: none; }
QWidget#window, QStackedWidget#pages { background: $window; }
QToolTip { background: $text; color: $window; border: none; padding: 4px 8px; }

QFrame#rail { background: $rail; border: none; border-right: 1px solid $line; }
QToolButton[role="rail"] {
    border: 2px solid transparent; border-radius: 12px; padding: 8px 4px; color: $muted;
}
QToolButton[role="rail"]:hover { background: $hover; }
QToolButton[role="rail"]:checked { background: $tinted; color: $text; }
QToolButton[role="rail"]:focus { border-color: $accent; }

QToolButton[role="choice"] {
    background: $surface; color: $text; border: 1px solid $line; border-radius: 18px;
    padding: 7px 16px;
}
QToolButton[role="choice"]:hover { background: $hover; }
QToolButton[role="choice"]:focus { border: 2px solid $accent; padding: 6px 15px; }
QToolButton::menu-indicator { image: none; }

QToolButton[role="icon"] {
    border: 2px solid transparent; border-radius: 10px; padding: 4px; background: transparent;
    color: $muted;
}
QToolButton[role="icon"]:hover { background: $hover; }
QToolButton[role="icon"]:focus { border-color: $accent; }

QToolButton[role="tool"] {
    background: $surface; color: $text; border: 1px solid $line; border-radius: 18px;
    padding: 7px 16px;
}
QToolButton[role="tool"]:hover { background: $hover; }
QToolButton[role="tool"]:checked { background: $tinted; }
QToolButton[role="tool"]:focus { border: 2px solid $accent; padding: 6px 15px; }

QToolButton[role="letter"] {
    background: $window; color: $text; border: 1px solid $line; border-radius: 8px;
    padding: 3px; min-width: 20px;
}
QToolButton[role="letter"]:hover { background: $hover; }
QToolButton[role="letter"]:pressed { background: $tinted; }
QToolButton[role="letter"]:focus { border-color: $accent; }

QPushButton {
    background: $surface; color: $text; border: 1px solid $line; border-radius: 10px;
    padding: 6px 16px;
}
QPushButton:hover { background: $hover; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 15px; }
QPushButton:disabled { color: $muted; background: transparent; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[role="primary"]:focus { border-color: $text; }
QPushButton[role="float"] {
    background: $accent; color: $on_accent; border: 2px solid $accent; border-radius: 18px;
    padding: 6px 16px;
}
QPushButton[role="float"]:focus { border-color: $text; }

QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 16px; }
QFrame[role="card"][side="right"] { background: $tinted; border-color: $tinted; }
QFrame[role="card"]:focus { border: 2px solid $accent; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="key"] {
    background: $surface; border: 1px solid $line; border-radius: 6px; padding: 4px 12px;
}
QLabel[role="doubt"] {
    background: $warning; color: $text; border-radius: 8px; padding: 1px 8px;
}
QLabel[role="remark"] {
    color: $text; border-radius: 8px; padding: 8px 12px; margin-top: 6px;
}
QLabel[role="remark"][gravity="WARNING"] { background: $warning; }
QLabel[role="remark"][gravity="ERROR"] { background: $error; }

QFrame[role="trial"] { background: $warning; border-radius: 8px; }
QFrame[role="trial"] QLabel { color: $text; }
QWidget[role="doubts"] { background: $warning; border-radius: 8px; }
QWidget[role="doubts"] QLabel { color: $text; }
QPushButton[role="quiet"] {
    background: transparent; color: $text; border: 2px solid transparent; border-radius: 6px;
    padding: 2px 6px; text-decoration: underline;
}
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:focus { border-color: $accent; }
QFrame[role="inquiry"] { background: $window; border-radius: 10px; }
QAbstractButton[role="version"] {
    background: $surface; border: 1px solid $line; border-radius: 8px;
}
QAbstractButton[role="version"]:hover { background: $hover; }
QAbstractButton[role="version"]:focus { border: 2px solid $accent; }
QTextEdit {
    background: $surface; color: $text; border: 1px solid $muted; border-radius: 8px;
    padding: 4px 8px;
}
QTextEdit:focus { border: 2px solid $accent; padding: 3px 7px; }
QFrame[role="pane"] { background: $surface; border: 1px solid $line; border-radius: 16px; }
QFrame[role="pane"][active="true"] { border-color: $accent; }
QPlainTextEdit {
    background: transparent; border: none; color: $text; placeholder-text-color: $muted;
}
QFrame#strip { background: $surface; border: none; border-top: 1px solid $line; }
QAbstractButton[role="suggestion"] {
    background: $window; border: 1px solid $line; border-radius: 10px;
}
QAbstractButton[role="suggestion"]:hover { background: $hover; }
QAbstractButton[role="suggestion"]:focus { border: 1px solid $accent; }
QFrame#drawer { background: $surface; border: none; border-left: 1px solid $line; }
QLineEdit {
    background: $surface; color: $text; border: 1px solid $line; border-radius: 8px;
    padding: 5px 10px; placeholder-text-color: $muted;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus { border: 2px solid $accent; padding: 4px 9px; }
QLineEdit:disabled { color: $muted; background: transparent; }
QCheckBox { color: $text; spacing: 8px; }
QCheckBox:focus { color: $accent; }
QTableView {
    background: transparent; border: none; color: $text; selection-background-color: $tinted;
    selection-color: $text;
}
QTableView::item { padding: 0 4px; border: none; }
QTableView::item:selected { background: $tinted; color: $text; }
QProgressBar { background: $line; border: none; border-radius: 2px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QFrame[role="notice"] { border-radius: 12px; }
QFrame[role="notice"] QLabel { color: $text; }
QFrame[role="notice"][gravity="INFO"] { background: $info; }
QFrame[role="notice"][gravity="WARNING"] { background: $warning; }
QFrame[role="notice"][gravity="ERROR"] { background: $error; }

QFrame#header { background: $window; border: none; border-bottom: 1px solid $line; }
QFrame#controls { background: $surface; border: none; border-top: 1px solid $line; }
QScrollArea, QScrollArea > QWidget > QWidget#column { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical {
    background: $line; border-radius: 4px; min-height: 40px; margin: 2px;
}
QScrollBar::handle:vertical:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $surface; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 8px 24px 8px 12px; border-radius: 8px; }
QMenu::item:selected { background: $hover; }
QMenu::item:checked { color: $accent; }
QMenu::indicator { width: 0; }
"""
