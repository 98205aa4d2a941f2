"""What is printed of a process: posters, cards, sheets to fill in by hand, the notice, the report.

Each is a Typst template of ``sheets/`` and a function that says, in JSON, all that it shows: words are data,
never markup. A program of its own composes them (``compiler.py``), and what it made is kept by its data's hash.
"""
