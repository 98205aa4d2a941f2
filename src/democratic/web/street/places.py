from democratic.participation.processes.models import Process
from democratic.participation.street.models import StreetSession
from democratic.thread.models import Kind
from democratic.web.desk.pages import process_desk_path
from democratic.web.places import at, record_path

LIST = "/rendez-vous-de-rue"
POINTS = f"{LIST}.geojson"


def page_of(session: StreetSession) -> str:
    return record_path(Kind.STREET_SESSION, session.record.code)


def desk_list(process: Process) -> str:
    return process_desk_path(process, "rue")


def desk_path(session: StreetSession, page: str = "") -> str:
    return at(f"/bureau/rue/{session.record.code}" + (f"/{page}" if page else ""))
