import sys

from app import create_app
from app.config import SettingError

try:
    app = create_app()
except SettingError as reason:
    sys.exit(str(reason))
