"""Files as they come: which line, which fault, which file."""

import pytest
from decidim_exports import as_csv, comment, proposal

from democratic.participation.imports.decidim_export import read_export
from democratic.participation.imports.tables import CannotRead, read_table


def test_a_record_is_known_by_the_physical_line_on_which_it_starts(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'id;body\r\n1;"deux\nlignes, ""ici"""\r\n2;une\r\n\r\n3;"\r\n\r\n"\r\n4;fin')
    assert [(row.line, row.fields["id"]) for row in read_table(path).rows] == [
        (2, "1"),
        (4, "2"),
        (6, "3"),
        (9, "4"),
    ]


def test_a_lone_carriage_return_inside_a_field_is_not_a_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'id;body\n1;"a\rb"\n2;c\n')
    assert [row.line for row in read_table(path).rows] == [2, 3]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_the_header_s(tmp_path, separator):
    path = tmp_path / "a.csv"
    path.write_text(f"id{separator}body\n1{separator}bonjour\n")
    assert read_table(path).rows[0].fields == {"id": "1", "body": "bonjour"}


def test_a_byte_order_mark_is_not_part_of_the_first_column(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfid;body\n1;a\n")
    assert read_table(path).columns == {"id", "body"}


def test_another_encoding_is_refused_with_file_and_line(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_bytes('id;body\n1;"deux\nlignes"\n2;été\n'.encode("latin-1"))
    with pytest.raises(CannotRead, match=r"notes\.csv, ligne 4 : .*UTF-8 \(octet 0xE9\)"):
        read_table(path)


def test_a_quote_that_is_never_closed_is_refused_at_the_line_where_it_opens(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text('id;body\n1;a\n2;"jamais fermé\n3;c\n')
    with pytest.raises(CannotRead, match=r"notes\.csv, ligne 3 : guillemets"):
        read_table(path)


def test_a_row_with_too_few_fields_is_set_aside_with_its_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id;body\n1;a\n2\n3;c\n")
    table = read_table(path)
    assert [(bad.line, bad.reason) for bad in table.bad_rows] == [(3, "1 champs au lieu de 2")]
    assert [row.line for row in table.rows] == [2, 4]


def test_two_columns_of_one_name_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id;body;id\n")
    with pytest.raises(CannotRead, match="même nom"):
        read_table(path)


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf"])
def test_an_empty_file_has_no_rows(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert read_table(path).rows == ()


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(CannotRead, match="n’existe pas"):
        read_export(tmp_path / "nowhere")


def test_a_folder_without_a_table_is_refused(tmp_path):
    (tmp_path / "lisez-moi.txt").write_text("rien")
    with pytest.raises(CannotRead, match=r"aucun fichier \.csv"):
        read_export(tmp_path)


def test_a_folder_of_other_tables_is_refused_and_names_them(tmp_path):
    (tmp_path / "arrets.csv").write_text("nom;commune\n")
    with pytest.raises(CannotRead, match=r"aucun export Decidim .*arrets\.csv"):
        read_export(tmp_path)


def test_another_table_beside_the_exports_is_ignored_and_named(tmp_path):
    (tmp_path / "arrets.csv").write_text("nom;commune\n")
    (tmp_path / "propositions.csv").write_bytes(as_csv([proposal()]))
    assert read_export(tmp_path).ignored == ["arrets.csv"]


@pytest.mark.parametrize(
    ("row", "gone"),
    [(proposal(), "created_at"), (comment(), "root_commentable_url"), (comment(), "author/id")],
)
def test_a_missing_column_is_named(tmp_path, row, gone):
    del row[gone]
    (tmp_path / "export.csv").write_bytes(as_csv([row]))
    with pytest.raises(CannotRead, match=f"export.csv : colonnes manquantes : {gone}"):
        read_export(tmp_path)


def test_a_number_given_twice_is_refused_the_second_time_and_names_the_first(tmp_path):
    rows = [proposal(7), proposal(8), proposal(7, title="Autre chose")]
    (tmp_path / "propositions.csv").write_bytes(as_csv(rows))
    export = read_export(tmp_path)
    assert [each.identity.id for each in export.proposals] == ["7", "8"]
    assert [(bad.line, bad.reason) for bad in export.rejected] == [
        (4, "numéro 7 déjà lu : propositions.csv, ligne 2")
    ]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"url": "/proposals/7"}, "sans nom de site"),
        ({"url": "http://[oups"}, "sans nom de site"),
        ({"id": "sept"}, "id « sept » n’est pas un nombre"),
        ({"id": "٧"}, "n’est pas un nombre"),
        ({"votes": "-1"}, "votes « -1 » n’est pas un nombre"),
        ({"created_at": "24/01/2019"}, "date « 24/01/2019 » illisible"),
        ({"created_at": "2019-01-24 22:29:15"}, "sans fuseau"),
        ({"title": " ", "body": ""}, "sans titre ni texte"),
    ],
)
def test_a_proposal_that_can_t_be_read_is_refused_with_its_reason(tmp_path, fault, reason):
    (tmp_path / "propositions.csv").write_bytes(as_csv([proposal(**fault)]))
    rejected = read_export(tmp_path).rejected
    assert [each.line for each in rejected] == [2]
    assert reason in rejected[0].reason


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"root_commentable_url": ""}, "sans nom de site"),
        ({"commentable_type": "Decidim::Meetings::Meeting"}, "que l’on ne sait pas reprendre"),
        ({"commentable_id": ""}, "commentable_id «  » n’est pas un nombre"),
        ({"body": " \n "}, "commentaire vide"),
        ({"alignment": "2"}, "alignement « 2 »"),
    ],
)
def test_a_comment_that_can_t_be_read_is_refused_with_its_reason(tmp_path, fault, reason):
    (tmp_path / "commentaires.csv").write_bytes(as_csv([comment(**fault)]))
    rejected = read_export(tmp_path).rejected
    assert [each.line for each in rejected] == [2]
    assert reason in rejected[0].reason


def test_a_moment_in_universal_time_is_read_too(tmp_path):
    rows = [proposal(created_at="2024-05-01 08:00:00 UTC")]
    (tmp_path / "propositions.csv").write_bytes(as_csv(rows))
    assert read_export(tmp_path).proposals[0].said_at.isoformat() == "2024-05-01T08:00:00+00:00"
