BBBBBBBBBB BBB gettext(u'Choisir un nouveau mot de passe') BBBBBBBBBBBBB
