BBBBBBBBBB BBB gettext(u'Votre compte a un mot de passe') BBBBBBBBBBBBB
