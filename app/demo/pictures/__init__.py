"""Pictures as jpg and png: every function takes facts and returns the bytes of one file."""

from app.demo.pictures import feeds, press, scenes, screens

PICTURES = {
    "photo": scenes.photo,
    "clipping": press.clipping,
    "screen_home": screens.home,
    "screen_process": screens.process,
    "screen_users": screens.users,
    "screen_complaints": screens.complaints,
    "screen_book": screens.book,
    "screen_video": screens.video,
    "screen_hotline": feeds.hotline,
    "screen_social": feeds.social,
    "screen_board": screens.board,
}
