"""Signing in and out, one's own account."""
from flask import Blueprint

bp = Blueprint("account", __name__)

from app.web.account import own_data, pages, second_step, signing
