"""What someone may have meant: words of recent titles that look like those typed."""

import re

from democratic.thread.models import Authority, Kind
from democratic.thread.queries.clauses import rows_of

_TITLED = tuple(kind.value for kind in Kind if kind != Kind.COMMENT)
_SUGGEST = """
with titles as (
  select w.title from unnest(%(kinds)s::text[]) as each(kind)
  cross join lateral (
    select r.wording_id from thread_record r join thread_audience a on a.id = r.audience_id and a.is_public
    where r.authority_id = %(authority)s and r.kind = each.kind and r.visibility = 'public'
    order by r.happened_at desc limit 500
  ) newest
  join thread_wording w on w.id = newest.wording_id
),
known as (
  select distinct lower(found[1]) as word
  from titles, regexp_matches(titles.title, '[[:alpha:]]{4,}', 'g') as found
)
select typed.word, best.word
from unnest(%(words)s::text[]) with ordinality as typed(word, rank)
left join lateral (
  select known.word from known
  where length(typed.word) >= %(shortest)s and similarity(unaccent(known.word), unaccent(typed.word)) >= %(least)s
  order by similarity(unaccent(known.word), unaccent(typed.word)) desc, known.word limit 1
) best on true
order by typed.rank
"""
_LEAST_ALIKE, _SHORTEST, _MOST_WORDS = 0.3, 4, 6


def suggest_words(authority: Authority, words: str) -> str:
    """The same search with each word replaced by the most alike one of recent titles; "" when none is.

    Trigrams, accents ignored: a beginning (« mobil ») or a slip of the finger (« mobilte ») finds « mobilité ».
    """
    typed = re.findall(r"\w+", words.lower())[:_MOST_WORDS]
    if not typed:
        return ""
    given = {
        "kinds": list(_TITLED),
        "authority": authority.pk,
        "words": typed,
        "least": _LEAST_ALIKE,
        "shortest": _SHORTEST,
    }
    alike = rows_of((_SUGGEST, given))
    if not any(best for _, best in alike):
        return ""
    said = " ".join(best or word for word, best in alike)
    return "" if said == " ".join(typed) else said
