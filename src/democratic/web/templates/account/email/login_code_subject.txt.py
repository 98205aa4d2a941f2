BBBBBBBBBB BBB gettext(u'Votre code pour vous connecter') BBBBBBBBBBBBB
