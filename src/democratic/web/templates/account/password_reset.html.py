BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
BBBBB BBBBBBBBBB gettext(u'Mot de passe oublié') BBBBBBBB
BBBBB BBBBBBBXX XXXXXXXXXXXXX gettext(u'Donnez votre adresse\xa0: un lien y arrivera pour en choisir un autre. Ou entrez avec un code, sans mot de passe.') XXXX
 gettext(u'Recevoir le lien') BBB BBBBBBBBBBBBBBBBBBBBBBBB BB BBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBB
XXXXX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Recevoir un code à la place') XXXXXXXXBBBBBBBB
