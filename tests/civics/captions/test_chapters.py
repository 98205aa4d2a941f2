from civics.captions.chapters import Chapter, clock, read_chapters, write_chapters


def test_chapters_are_read_in_order_and_bad_lines_are_named():
    text = "1:02:30 — Le dernier bus\n\n04:05 Bienvenue\nsans heure\n12:99 jamais\n"
    assert read_chapters(text) == ([Chapter(245, "Bienvenue"), Chapter(3750, "Le dernier bus")], [4, 5])


def test_what_is_written_is_read_back():
    chapters = [Chapter(0, "Accueil"), Chapter(245, "Tarifs"), Chapter(3750, "Vote")]
    assert read_chapters(write_chapters(chapters)) == (chapters, [])
    assert (clock(3750), clock(245)) == ("1:02:30", "4:05")
