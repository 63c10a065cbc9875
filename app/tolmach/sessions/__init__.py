"""One job from Start to Stop: joins sound, worker and packs. This is a Qt-free zone."""
