"""How a trial translation is marked where it is copied and written into files."""

from tolmach.messages.interface import translate


def marked(text: str, interface: str = "") -> str:
    """Return a trial translation as it is copied and written into files: with a mark before it."""
    return f"{translate('trial', '[Пробный перевод — может быть неверным]', interface)} {text}"
