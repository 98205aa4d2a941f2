BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
BBBBB BBBBBBBBBB gettext(u'Regardez votre courrier') BBBBBBBB
BBBBB BBBBBBBXX XXXXXXXXXXXXX gettext(u'Un message vient de partir. Ouvrez le lien qu’il contient pour choisir un nouveau mot de passe.') XXXX
XX XXXXXXXXXXXXX gettext(u'Rien n’arrive\xa0? Regardez dans les courriers indésirables. Un même message part, que l’adresse soit connue ici ou non.') XXXX
XXXXX XXXXXXXXXX XXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBBBXX gettext(u'Revenir à la connexion') XXXXXXXXBBBBBBBB
BBBBB BBBBBBB BBBBBBBBBBXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXBBBB BBBBBBXXXXXX gettext(u'Démonstration\xa0: aucun message ne part vraiment.')  XX XXXXXXBB BBBBBBBBBBBXX gettext(u'Lire le courrier') XXXXXXXXXXXXXXXXXXXXXXXBBBBBBBBBBBBB
