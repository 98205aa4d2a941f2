BBBBBBBBBB BBB gettext(u'Votre mot de passe a changé') BBBBBBBBBBBBB
