"""What is published beside the journal: how to check it without us.

Readers are told to run the script in it: the audit compares it, byte for byte.
"""

README_NAME = "README.txt"
README = """\
LE JOURNAL PUBLIC
=================

Chaque fait public y est une ligne. Aucune ne peut être changée ni supprimée sans que cela se voie :
chacun peut le vérifier, avec ce dossier seul.

  entries.jsonl    les faits, dans l'ordre ; ce qui est dit en mots n'y est qu'une empreinte
  openings.jsonl   les mots derrière ces empreintes ; des paroles effacées ou retirées n'y sont plus,
                   et toutes les preuves restent valables
  heads.jsonl      l'état du journal, signé chaque fois qu'il a grandi
  key.json         la clé publique (Ed25519) qui vérifie ces signatures

L'arbre est celui de la RFC 9162, le JSON est celui de la RFC 8785. « Signé » ne dit que ceci : celui qui
tient le journal ne pourra pas nier qu'il était ainsi. Gardez donc la dernière ligne de heads.jsonl :
si un journal publié plus tard ne la contient plus, et n'annonce pas d'époque nouvelle, il a été refait.

Vérifier avec Python seul (sans les signatures) : enregistrez ces lignes dans verifier.py, ici, puis
lancez python3 verifier.py. Avec les signatures : democratic audit DOSSIER

--- verifier.py ---
import hashlib, json

writer = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
def digest(*parts): return hashlib.sha256(b"".join(parts)).digest()
def lines(name): return (json.loads(line) for line in open(name, "rb"))
def canonical(value): return writer.encode(value).encode()

heads = {each["head"]["size"]: each["head"]["root"] for each in lines("heads.jsonl")}
tree, size, commitments = [], 0, {}
for size, entry in enumerate(lines("entries.jsonl"), 1):
    node, width = digest(b"\\0", canonical(entry["leaf"])), size
    assert entry["position"] == size - 1 and entry["hash"] == node.hex(), f"entries.jsonl, ligne {size}"
    commitments[size - 1] = entry["leaf"]["commitments"]
    while width % 2 == 0: node, width = digest(b"\\1", tree.pop(), node), width // 2
    tree.append(node)
    if size in heads:
        root = tree[-1]
        for left in reversed(tree[:-1]): root = digest(b"\\1", left, root)
        assert root.hex() == heads[size], f"entries.jsonl, avant la ligne {size + 1}"
for number, words in enumerate(lines("openings.jsonl"), 1):
    said = digest(b"\\2", bytes.fromhex(words["salt"]), canonical(words["value"])).hex()
    assert commitments[words["position"]][words["part"]] == said, f"openings.jsonl, ligne {number}"
assert max(heads) == size, "la dernière tête ne signe pas le dernier fait"
print(size, "faits vérifiés")
--- fin ---
"""
