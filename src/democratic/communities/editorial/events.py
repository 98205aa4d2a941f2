from democratic.thread.events import WORDS, event

PAGE_PUBLISHED = event("page_published", words=WORDS | {"function"})
NEWS_PUBLISHED = event("news_published", words=WORDS | {"function"})
COLUMN_PUBLISHED = event("column_published", words=WORDS | {"function"})
PAGE_MOVED = event("page_moved")
PUBLICATION_SHOWS_FILE = event("publication_shows_file", words={"file", "alternative"})
PUBLICATION_TAKES_FILE_OFF = event(
    "publication_takes_file_off", words={"file", "alternative", "reason", "function"}
)
PAGE_REREAD = event("page_reread", words={"function"})
MENU_ARRANGED = event("menu_arranged")
HOME_ARRANGED = event("home_arranged")
OPPOSITION_GROUP_NAMED = event("opposition_group_named", words={"name", "reference"})
# How many write there, never who.
OPPOSITION_MEMBERS_CHANGED = event("opposition_members_changed", words={"name"})
