"""The signals that end the server."""
import signal


def stop_signals() -> list[signal.Signals]:
    """Those there are here; a hang-up only when nohup does not hide it."""
    names = ["SIGINT", "SIGTERM", "SIGBREAK"]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        names.append("SIGHUP")
    return [getattr(signal, name) for name in names if hasattr(signal, name)]
