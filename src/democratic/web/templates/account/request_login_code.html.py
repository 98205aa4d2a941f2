BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
BBBBB BBBBBBBBBB gettext(u'Recevoir un code') BBBBBBBB
BBBBB BBBBBBBXX XXXXXXXXXXXXX gettext(u'Un code arrive à votre adresse, et vous entrez avec lui. Il sert une fois, pendant dix minutes.') XXXX
 gettext(u'Recevoir un code') BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB
XXXXX XXXXXXXX gettext(u'Se connecter avec un mot de passe') XXXXXXXXBBBBBBBB
