"""Pages of meetings: those that are stored, those that are made each time, those of their teams."""

_LIVE = """
select {} from participation_meeting m join thread_record r on r.id = m.record_id where r.state = 'live'
"""
_TOLD = """
select r.code from participation_meeting m join thread_record r on r.id = m.record_id
join participation_minutes t on t.meeting_id = m.record_id where t.state = 'approved'
"""
_VOTE = """
select r.code from participation_sounding s join thread_record r on r.id = s.record_id where r.state = '{}'
order by s.opened_at desc
"""
MEETING_ROWS = {
    "live_meeting": _LIVE.format("r.code"),
    "join": _LIVE.format("m.join_code"),
    "told_meeting": _TOLD,
    "vote": _VOTE.format("open"),
    "vote_later": _VOTE.format("later"),
}
MEETING_STORED = {
    "meeting": "/rencontres/{meeting}",
    "meeting_ahead": "/rencontres/{meeting_ahead}",
    "meeting_late": "/rencontres/{told_meeting}/differe",
    "wall_question": "/questions-de-rencontre/{wall_question}",
    "wall_question_answered": "/questions-de-rencontre/{wall_answered}",
    "catch_up": "/rencontres/{told_meeting}/rattrapage",
    "minutes": "/rencontres/{told_meeting}/compte-rendu",
    "minutes_versions": "/rencontres/{told_meeting}/compte-rendu/versions",
    "meeting_told": "/rencontres/{told_meeting}",
    "sounding": "/votes-de-rencontre/{vote}",
    "sounding_later": "/votes-de-rencontre/{vote_later}",
    "transcript": "/rencontres/{told_meeting}/transcription",
}
MEETING_SEEN = {
    "register_for_meeting": "/rencontres/{meeting_ahead}/inscription",
    "my_registration": "/rencontres/{meeting_ahead}/inscription/{place}",
    "enter_meeting": "/entrer",
    "meeting_door": "/entrer/{join}",
    "meeting_live": "/rencontres/{live_meeting}/direct",
    "meeting_hall": "/rencontres/{live_meeting}/direct/ecran",
    "wall": "/rencontres/{wall_meeting}/questions",
    "wall_answered": "/rencontres/{wall_meeting}/questions?voir=repondues",
    "wall_owed": "/rencontres/{wall_meeting}/questions?voir=dues",
    "wall_bin": "/rencontres/{wall_meeting}/questions/ecartees",
    "wall_table": "/rencontres/{wall_meeting}/questions/tableau",
}
MEETING_TEAM = {
    "lead_meeting": "/rencontres/{live_meeting}/direct/animer",
    "run_votes": "/rencontres/{live_meeting}/direct/votes",
    "new_vote": "/rencontres/{live_meeting}/direct/votes/nouveau",
    "count_vote": "/rencontres/{live_meeting}/direct/votes/{vote}/compter",
    "lead_wall": "/rencontres/{live_meeting}/direct/questions",
    "sort_wall": "/rencontres/{wall_meeting}/direct/questions",
    "bin_wall_question": "/rencontres/{wall_meeting}/direct/questions/{wall_question}/ecarter",
    "answer_wall": "/rencontres/{wall_meeting}/direct/repondre?question={wall_question}",
    "desk_meetings": "/bureau/rencontres",
    "desk_new_meeting_alone": "/bureau/rencontres/nouvelle",
    "desk_meeting": "/bureau/rencontres/{meeting_ahead}",
    "desk_change_meeting": "/bureau/rencontres/{meeting_ahead}/modifier",
    "desk_postpone_meeting": "/bureau/rencontres/{meeting_ahead}/reporter",
    "desk_cancel_meeting": "/bureau/rencontres/{meeting_ahead}/annuler",
    "desk_arrange_meeting": "/bureau/rencontres/{meeting_ahead}/moyens",
    "desk_meeting_briefing": "/bureau/rencontres/{meeting_ahead}/cinq-minutes",
    "desk_add_item": "/bureau/rencontres/{meeting_ahead}/ordre-du-jour",
    "desk_change_item": "/bureau/rencontres/{meeting_ahead}/ordre-du-jour/{item}",
    "desk_name_to_meeting": "/bureau/rencontres/{meeting_ahead}/equipe",
    "desk_registrations": "/bureau/rencontres/{meeting_ahead}/inscriptions",
    "write_minutes": "/rencontres/{meeting}/compte-rendu/ecrire",
    "answer_amendments": "/rencontres/{told_meeting}/compte-rendu/corrections",
    "recordings": "/rencontres/{told_meeting}/enregistrements",
    "give_transcript": "/rencontres/{meeting}/transcription/deposer",
    "desk_report_meeting": "/bureau/rencontres/{meeting}/compte-rendu",
}
