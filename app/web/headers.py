"""What every answer says about itself: nothing from elsewhere, nothing kept in the browser."""
from flask import Flask, Response, current_app

CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
       "media-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'")

NO_DEVICES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()"


def init_app(app: Flask) -> None:
    app.after_request(guard)


def guard(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"  # for what is too old to know frame-ancestors
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = NO_DEVICES
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "private, no-store")
    if current_app.config["LUMBUNG"].https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"  # over HTTP browsers only complain of it
    return response
