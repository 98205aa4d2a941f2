"""Which row of the demonstration each page is about: one query a name."""

ONE_OF = """
select code from thread_record r left join thread_audience a on a.id = r.audience_id
where kind = %s and visibility = %s and coalesce(a.is_public, true) order by r.id desc limit 1
"""
TOLD_ABOUT = """
select r.code from thread_record r join thread_link l on l.source_id = r.id and l.kind = 'grouped_in'
join thread_recordfigures f on f.record_id = r.id
where r.kind = 'idea' and r.state = 'part' and r.visibility = 'public'
order by f.supports desc, r.id limit 1
"""
TALKED_ABOUT = """
select r.code from thread_record r join thread_recordfigures f on f.record_id = r.id
where r.kind = 'idea' and r.visibility = 'public'
order by f.comments_for + f.comments_against + f.comments_neutral desc, r.id limit 1
"""
LATE = """
select r.code from participation_obligation o join thread_record r on r.id = o.record_id
where r.kind = 'commitment' and o.met_on is null and o.ended_on is null and r.visibility = 'public'
order by o.first_due_on limit 1
"""
TO_SIGN = """
select r.code from participation_answer a join thread_record r on r.id = a.record_id
where a.signed_at is null order by r.id limit 1
"""
THEME_TO_ANSWER = """
select r.code from participation_theme t join thread_record r on r.id = t.record_id
where not exists (select from participation_answer a where a.subject_id = r.id) order by r.id limit 1
"""
CLUB = """
select r.code from communities_organisation o join thread_record r on r.id = o.record_id
where o.sort = 'association' order by r.id limit 1
"""
MEMBERS = """
select m.id::text from communities_membership m join communities_organisation o on o.record_id = m.organisation_id
where o.sort = 'association' and m.until is null and m.place = %s order by m.id limit 1
"""
SPEAKING = """
select s.id::text from communities_speakingmandate s join communities_organisation o on o.record_id = s.organisation_id
where o.sort = 'association' and s.until is null order by s.id limit 1
"""
TWINS = """
select r.code from thread_record r join participation_process p on p.record_id = r.process_id
where p.slug = %s and r.kind = 'idea' and r.visibility = 'public' order by r.id limit 2
"""
CAMPAIGN = "select id::text from participation_campaign order by id limit 1"
CAMPAIGN_PUBLIC = "select id::text from participation_campaignpublic order by id limit 1"
CAMPAIGN_STEP = "select id::text from participation_campaignstep where done_at is null order by id limit 1"
ADDRESS_LIST = "select id::text from participation_addresslist order by id limit 1"
FLOW = "select id::text from participation_flow order by id limit 1"
SITTING = """
select s.id::text from observatory_seat s where s.since is not null and s.until is null order by s.id limit 1
"""
INBOX_TAG = "select id::text from participation_inboxtag order by id limit 1"
REPLY_TEMPLATE = "select id::text from participation_replytemplate order by id limit 1"
LETTER = "select code from participation_conversation where channel = 'phone' order by id limit 1"
SERVICE = "select id::text from communities_service order by id limit 1"
SEEN = "select id::text from people_verification where level = 'desk_check' order by id limit 1"
GRANT = "select id::text from thread_grant order by id limit 1"
OFFICIAL_ID = "select id::text from communities_official order by id limit 1"
CLOSED = """
select p.slug from participation_process p join thread_record r on r.id = p.record_id
where p.slug <> %s order by r.id limit 1
"""
