from democratic.web.desk.todo.greeting import greeting
from democratic.web.desk.todo.shapes import Desk
from democratic.web.desk.todo.sources import lines_of, queues_of

__all__ = ["Desk", "greeting", "lines_of", "queues_of"]
