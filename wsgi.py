import os
import sys

from app import create_app
from app.config import SettingError

os.umask(0o077)  # what commands write in the data folder is for this account alone

try:
    app = create_app()
except SettingError as reason:
    sys.exit(str(reason))
