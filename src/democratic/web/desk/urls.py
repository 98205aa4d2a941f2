from django.urls import path

from democratic.web.desk.views import (
    answers,
    commitments,
    dashboard,
    decisions,
    grouping,
    handovers,
    mandates,
    meetings,
    processes,
    promises,
)

C, P = "bureau/concertations/<slug:slug>", "<str:code>"

urlpatterns = [
    path("bureau", dashboard.dashboard, name="desk"),
    path("bureau/services", handovers.holders, name="desk_holders"),
    path("bureau/services/<uuid:service>", handovers.service, name="desk_hand_over_service"),
    path("bureau/elus/<uuid:official>", handovers.answers, name="desk_hand_over_answers"),
    path("bureau/commandes/nouvelle", mandates.new, name="desk_new_mandate"),
    path(f"bureau/commandes/{P}", mandates.detail, name="desk_mandate"),
    path(f"bureau/commandes/{P}/publier", mandates.publish, name="desk_publish_mandate"),
    path(f"bureau/commandes/{P}/concertation", processes.new, name="desk_new_process"),
    path(C, processes.detail, name="desk_process"),
    path(f"{C}/etapes/<str:step>", processes.move, name="desk_move_stage"),
    path(f"{C}/etapes/<str:step>/terminer", processes.finish, name="desk_finish_stage"),
    path(f"{C}/sujets", grouping.board, name="desk_grouping"),
    path(f"{C}/sujets/nouveau", grouping.new_theme, name="desk_new_theme"),
    path(f"bureau/paroles/{P}/detacher", grouping.ungroup, name="desk_ungroup"),
    path(f"bureau/paroles/{P}/hors-champ", grouping.inadmissible, name="desk_inadmissible"),
    path(f"{C}/reponses", answers.board, name="desk_answers"),
    path(f"bureau/repondre/{P}", answers.write, name="desk_write_answer"),
    path(f"bureau/reponses/{P}", answers.detail, name="desk_answer"),
    path(f"bureau/reponses/{P}/signer", answers.sign, name="desk_sign_answer"),
    path(f"{C}/decisions/nouvelle", decisions.new_decision, name="desk_new_decision"),
    path(f"bureau/decisions/{P}/engagement", decisions.new_commitment, name="desk_new_commitment"),
    path(f"bureau/engagements/{P}", commitments.detail, name="desk_commitment"),
    path(f"bureau/engagements/{P}/etat", commitments.move, name="desk_move_commitment"),
    path(f"bureau/engagements/{P}/action", decisions.new_action, name="desk_new_action"),
    path(f"bureau/actions/{P}/etat", commitments.move_action_state, name="desk_move_action"),
    path(f"bureau/preuves/{P}/ajouter", commitments.add_evidence, name="desk_add_evidence"),
    path(f"bureau/echeances/{P}/<str:owed>", promises.put_off, name="desk_postpone"),
    path(f"bureau/retirer/{P}", promises.withdraw, name="desk_withdraw"),
    path(f"{C}/rencontres/nouvelle", meetings.new, name="desk_new_meeting"),
    path(f"bureau/rencontres/{P}/compte-rendu", meetings.report, name="desk_report_meeting"),
]
