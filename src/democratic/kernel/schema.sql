-- written from: e7e29f7632b8c87a456e446aedd923771c5ecf38375de2ea2766a44ee928719e
-- migrations: account.0001_initial account.0002_email_max_length account.0003_alter_emailaddress_create_unique_verified_email account.0004_alter_emailaddress_drop_unique_email account.0005_emailaddress_idx_upper_email account.0006_emailaddress_lower account.0007_emailaddress_idx_email account.0008_emailaddress_unique_primary_email_fixup account.0009_emailaddress_unique_primary_email auth.0001_initial auth.0002_alter_permission_name_max_length auth.0003_alter_user_email_max_length auth.0004_alter_user_username_opts auth.0005_alter_user_last_login_null auth.0006_require_contenttypes_0002 auth.0007_alter_validators_add_error_messages auth.0008_alter_user_username_max_length auth.0009_alter_user_last_name_max_length auth.0010_alter_group_name_max_length auth.0011_update_proxy_permissions auth.0012_alter_user_first_name_max_length communities.0001_initial communities.0002_initial communities.0003_controller communities.0004_organisations communities.0005_invitations communities.0006_provisioning communities.0007_joint_agreements communities.0008_offices communities.0009_settling communities.0010_editorial communities.0011_pages communities.0012_houses contenttypes.0001_initial contenttypes.0002_remove_content_type_name kernel.0001_initial kernel.0002_shared_cache kernel.0003_outages kernel.0004_files_made_safe kernel.0005_erasures_and_switches kernel.0006_documents_that_can_be_read kernel.0007_heard messaging.0001_initial messaging.0002_initial messaging.0003_remove_outgoingmessage_one_message_per_purpose_and_more messaging.0004_authority_that_writes messaging.0005_inbox messaging.0006_channels messaging.0007_email messaging.0008_carrying messaging.0009_lists messaging.0010_arriving messaging.0011_claimed mfa.0001_initial mfa.0002_authenticator_timestamps mfa.0003_authenticator_type_uniq observatory.0001_initial participation.0001_initial participation.0002_no_inadmissible_reason participation.0003_evidence_shows_attachments participation.0004_class_sessions participation.0005_preparation participation.0006_polls participation.0007_first_words_held participation.0008_tracker participation.0009_answers participation.0010_inbox participation.0011_rhythm participation.0012_approvals participation.0013_verified participation.0014_service participation.0015_preflight participation.0016_street participation.0017_conversations participation.0018_paper participation.0019_campaigns participation.0020_media participation.0021_lists participation.0022_heard participation.0023_street_newness participation.0024_held_codes participation.0025_moved participation.0026_arriving participation.0027_given_words participation.0028_paper_keys participation.0029_screens participation.0030_meetings participation.0031_wall participation.0032_houses participation.0033_wall_counts participation.0034_wall_counted participation.0035_referral_promises people.0001_initial people.0002_alter_account_email people.0003_consents_are_a_ledger people.0004_sessions people.0005_identities people.0006_joint_agreements people.0007_verified people.0008_chat procrastinate.0001_initial procrastinate.0002_drop_started_at_column procrastinate.0003_drop_started_at_column procrastinate.0004_drop_procrastinate_version_table procrastinate.0005_fix_procrastinate_fetch_job procrastinate.0006_fix_trigger_status_events_insert procrastinate.0007_add_queueing_lock_column procrastinate.0008_close_fetch_job_race_condition procrastinate.0009_add_defer_job_function procrastinate.0010_add_procrastinate_periodic_defers procrastinate.0011_add_foreign_key_index procrastinate.0012_add_locks_to_periodic_defer procrastinate.0013_fix_procrastinate_defer_periodic_job procrastinate.0014_add_finish_job_and_retry_job_functions procrastinate.0015_add_trigger_on_job_deletion procrastinate.0016_delete_finished_jobs procrastinate.0017_add_checks_to_finish_job procrastinate.0018_add_checks_to_retry_job procrastinate.0019_fix_finish_job_compat_issue procrastinate.0020_add_index_on_procrastinate_jobs procrastinate.0021_add_kwargs_to_defer_periodic_job procrastinate.0022_null_locks_excluded procrastinate.0023_remove_old_finish_job_function procrastinate.0024_job_id_bigint procrastinate.0025_add_models procrastinate.0026_add_job_priority procrastinate.0027_add_periodic_job_priority procrastinate.0028_add_cancel_states procrastinate.0029_add_additional_params_to_retry_job procrastinate.0030_alter_procrastinateevent_options procrastinate.0031_add_indexes_for_fetch_job procrastinate.0032_pre_cancel_notification procrastinate.0033_post_cancel_notification procrastinate.0034_pre_add_heartbeat procrastinate.0035_post_add_heartbeat procrastinate.0036_add_worker_model procrastinate.0037_pre_batch_defer_jobs procrastinate.0038_post_batch_defer_jobs procrastinate.0039_pre_priority_lock_fetch_job procrastinate.0040_pre_retry_failed_job procrastinate.0041_post_retry_failed_job stewardship.0001_initial stewardship.0002_moderation stewardship.0003_archives_packages stewardship.0004_moderation thread.0001_initial thread.0002_journal_and_search thread.0003_shelf_counts thread.0004_by_import thread.0005_doors_and_colours thread.0006_organisations thread.0007_attachments thread.0008_erasures_so_far thread.0009_places thread.0010_parts_of_ideas thread.0011_judged_by_observatories thread.0012_search_by_era thread.0013_follows_address thread.0014_search_by_itself thread.0015_search_by_shelf thread.0016_polls thread.0017_moderation thread.0018_settling thread.0019_desk_kinds thread.0020_editorial thread.0021_written_kinds thread.0022_inbox thread.0023_verified thread.0024_street thread.0025_held_codes thread.0026_meetings thread.0027_houses
CREATE TABLE "people_person" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(80) NOT NULL, "age_band" varchar(10) NOT NULL, "created_on" date DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "erased_on" date NULL, "root_id" uuid NULL);
CREATE TABLE "people_consent" ("id" uuid NOT NULL PRIMARY KEY, "purpose" varchar(40) NOT NULL, "wording" text NOT NULL, "given_at" timestamp with time zone NOT NULL, "withdrawn_at" timestamp with time zone NULL, "person_id" uuid NOT NULL);
CREATE TABLE "people_contactaddress" ("id" uuid NOT NULL PRIMARY KEY, "email" varchar(254) NOT NULL, "language" varchar(5) NOT NULL, "confirmed_at" timestamp with time zone NULL, "stopped_at" timestamp with time zone NULL, "created_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "person_id" uuid NOT NULL);
CREATE TABLE "people_account" ("password" varchar(128) NOT NULL, "last_login" timestamp with time zone NULL, "id" uuid NOT NULL PRIMARY KEY, "email" varchar(254) NOT NULL, "language" varchar(5) NOT NULL, "is_active" boolean NOT NULL, "created_on" date DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "person_id" uuid NOT NULL UNIQUE);
ALTER TABLE "people_person" ADD CONSTRAINT "people_person_root_id_767e7200_fk_people_person_id" FOREIGN KEY ("root_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "people_person_root_id_767e7200" ON "people_person" ("root_id");
ALTER TABLE "people_consent" ADD CONSTRAINT "people_consent_person_id_a757a92f_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "people_consent_person_id_a757a92f" ON "people_consent" ("person_id");
ALTER TABLE "people_contactaddress" ADD CONSTRAINT "people_contactaddress_person_id_15804536_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX "one_address_per_person" ON "people_contactaddress" ("person_id", (LOWER("email")));
CREATE INDEX "people_contactaddress_person_id_15804536" ON "people_contactaddress" ("person_id");
ALTER TABLE "people_account" ADD CONSTRAINT "people_account_person_id_899b64f8_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX "one_account_per_email" ON "people_account" ((LOWER("email")));
CREATE TABLE "account_emailaddress" ("id" integer NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "email" varchar(75) NOT NULL UNIQUE, "verified" boolean NOT NULL, "primary" boolean NOT NULL, "user_id" uuid NOT NULL);
CREATE TABLE "account_emailconfirmation" ("id" integer NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "created" timestamp with time zone NOT NULL, "sent" timestamp with time zone NULL, "key" varchar(64) NOT NULL UNIQUE, "email_address_id" integer NOT NULL);
ALTER TABLE "account_emailaddress" ADD CONSTRAINT "account_emailaddress_user_id_2c513194_fk_people_account_id" FOREIGN KEY ("user_id") REFERENCES "people_account" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "account_emailaddress_email_03be32b2_like" ON "account_emailaddress" ("email" varchar_pattern_ops);
CREATE INDEX "account_emailaddress_user_id_2c513194" ON "account_emailaddress" ("user_id");
ALTER TABLE "account_emailconfirmation" ADD CONSTRAINT "account_emailconfirm_email_address_id_5b7f8c58_fk_account_e" FOREIGN KEY ("email_address_id") REFERENCES "account_emailaddress" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "account_emailconfirmation_key_f43612bd_like" ON "account_emailconfirmation" ("key" varchar_pattern_ops);
CREATE INDEX "account_emailconfirmation_email_address_id_5b7f8c58" ON "account_emailconfirmation" ("email_address_id");
ALTER TABLE "account_emailaddress" ALTER COLUMN "email" TYPE varchar(254);
ALTER TABLE "account_emailaddress" ADD CONSTRAINT "account_emailaddress_user_id_email_987c8728_uniq" UNIQUE ("user_id", "email");
CREATE UNIQUE INDEX "unique_verified_email" ON "account_emailaddress" ("email") WHERE "verified";
ALTER TABLE "account_emailaddress" DROP CONSTRAINT "account_emailaddress_email_key";
DROP INDEX IF EXISTS "account_emailaddress_email_03be32b2_like";
CREATE INDEX "account_emailaddress_upper" ON "account_emailaddress" ((UPPER("email")));
UPDATE "account_emailaddress" SET "email" = LOWER("account_emailaddress"."email") WHERE NOT ("account_emailaddress"."email" = (LOWER("account_emailaddress"."email")));
UPDATE "people_account" SET "email" = LOWER("people_account"."email") WHERE NOT ("people_account"."email" = (LOWER("people_account"."email")));
DROP INDEX IF EXISTS "account_emailaddress_upper";
CREATE INDEX "account_emailaddress_email_03be32b2" ON "account_emailaddress" ("email");
CREATE INDEX "account_emailaddress_email_03be32b2_like" ON "account_emailaddress" ("email" varchar_pattern_ops);
CREATE UNIQUE INDEX "unique_primary_email" ON "account_emailaddress" ("user_id", "primary") WHERE "primary";
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "name" varchar(100) NOT NULL, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
ALTER TABLE "django_content_type" ADD CONSTRAINT "django_content_type_app_label_model_76bd3d3b_uniq" UNIQUE ("app_label", "model");
ALTER TABLE "django_content_type" ALTER COLUMN "name" DROP NOT NULL;
ALTER TABLE "django_content_type" DROP COLUMN "name" CASCADE;
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "name" varchar(50) NOT NULL, "content_type_id" integer NOT NULL, "codename" varchar(100) NOT NULL);
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "name" varchar(80) NOT NULL UNIQUE);
CREATE TABLE "auth_group_permissions" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "group_id" integer NOT NULL, "permission_id" integer NOT NULL);
ALTER TABLE "auth_permission" ADD CONSTRAINT "auth_permission_content_type_id_codename_01ab375a_uniq" UNIQUE ("content_type_id", "codename");
ALTER TABLE "auth_permission" ADD CONSTRAINT "auth_permission_content_type_id_2f476e4b_fk_django_co" FOREIGN KEY ("content_type_id") REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "auth_group_name_a6ea08ec_like" ON "auth_group" ("name" varchar_pattern_ops);
ALTER TABLE "auth_group_permissions" ADD CONSTRAINT "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" UNIQUE ("group_id", "permission_id");
ALTER TABLE "auth_group_permissions" ADD CONSTRAINT "auth_group_permissions_group_id_b120cbf9_fk_auth_group_id" FOREIGN KEY ("group_id") REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "auth_group_permissions" ADD CONSTRAINT "auth_group_permissio_permission_id_84c5c92e_fk_auth_perm" FOREIGN KEY ("permission_id") REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
ALTER TABLE "auth_permission" ALTER COLUMN "name" TYPE varchar(255);
ALTER TABLE "auth_group" ALTER COLUMN "name" TYPE varchar(150);
ALTER TABLE "people_account" ADD CONSTRAINT "people_account_email_1314925d_uniq" UNIQUE ("email");
CREATE INDEX "people_account_email_1314925d_like" ON "people_account" ("email" varchar_pattern_ops);
CREATE TABLE "people_stoppedaddress" ("id" uuid NOT NULL PRIMARY KEY, "email_print" varchar(64) NOT NULL UNIQUE, "stopped_at" timestamp with time zone NOT NULL);
ALTER TABLE "people_consent" ADD COLUMN "address_id" uuid NULL CONSTRAINT "people_consent_address_id_29de48a4_fk_people_contactaddress_id" REFERENCES "people_contactaddress"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "people_consent_address_id_29de48a4_fk_people_contactaddress_id" IMMEDIATE;
ALTER TABLE "people_consent" ADD COLUMN "address_print" varchar(64) DEFAULT '' NOT NULL;
ALTER TABLE "people_consent" ALTER COLUMN "address_print" DROP DEFAULT;
ALTER TABLE "people_consent" ADD COLUMN "age_band" varchar(10) DEFAULT 'unsaid' NOT NULL;
ALTER TABLE "people_consent" ALTER COLUMN "age_band" DROP DEFAULT;
ALTER TABLE "people_consent" ADD COLUMN "language" varchar(5) DEFAULT 'fr' NOT NULL;
ALTER TABLE "people_consent" ALTER COLUMN "language" DROP DEFAULT;
ALTER TABLE "people_consent" ADD COLUMN "proved_at" timestamp with time zone NULL;
ALTER TABLE "people_consent" ADD COLUMN "source" varchar(10) DEFAULT 'earlier' NOT NULL;
ALTER TABLE "people_consent" ALTER COLUMN "source" DROP DEFAULT;
ALTER TABLE "people_consent" ADD COLUMN "withdrawn_by" varchar(10) DEFAULT '' NOT NULL;
ALTER TABLE "people_consent" ALTER COLUMN "withdrawn_by" DROP DEFAULT;
ALTER TABLE "people_consent" ADD CONSTRAINT "consent_to_a_known_purpose" CHECK ("purpose" IN ('notices'));
UPDATE "people_consent" SET "withdrawn_by" = 'earlier' WHERE NOT ("people_consent"."withdrawn_at" IS NULL);
CREATE INDEX "people_stoppedaddress_email_print_5becb344_like" ON "people_stoppedaddress" ("email_print" varchar_pattern_ops);
CREATE INDEX "people_consent_address_id_29de48a4" ON "people_consent" ("address_id");
CREATE TABLE "people_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" timestamp with time zone NOT NULL, "browser" varchar(20) NOT NULL, "system" varchar(20) NOT NULL, "used_on" date DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "account_id" uuid NULL);
ALTER TABLE "people_session" ADD CONSTRAINT "people_session_account_id_8bd880b0_fk_people_account_id" FOREIGN KEY ("account_id") REFERENCES "people_account" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "people_session_session_key_f84fb1a3_like" ON "people_session" ("session_key" varchar_pattern_ops);
CREATE INDEX "people_session_expire_date_6a5f72cd" ON "people_session" ("expire_date");
CREATE INDEX "people_session_account_id_8bd880b0" ON "people_session" ("account_id");
CREATE TABLE "people_linkedidentity" ("id" uuid NOT NULL PRIMARY KEY, "provider" varchar(100) NOT NULL, "subject_print" varchar(64) NOT NULL UNIQUE, "linked_on" date NOT NULL, "account_id" uuid NOT NULL);
CREATE TABLE "people_verification" ("id" uuid NOT NULL PRIMARY KEY, "level" varchar(20) NOT NULL, "source" varchar(100) NOT NULL, "on" date NOT NULL, "person_id" uuid NOT NULL, CONSTRAINT "one_verification_per_source" UNIQUE ("person_id", "level", "source"), CONSTRAINT "a_known_level" CHECK ("level" IN ('oidc_identity')));
ALTER TABLE "people_linkedidentity" ADD CONSTRAINT "people_linkedidentity_account_id_f5489568_fk_people_account_id" FOREIGN KEY ("account_id") REFERENCES "people_account" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "people_linkedidentity_subject_print_82db7a47_like" ON "people_linkedidentity" ("subject_print" varchar_pattern_ops);
CREATE INDEX "people_linkedidentity_account_id_f5489568" ON "people_linkedidentity" ("account_id");
ALTER TABLE "people_verification" ADD CONSTRAINT "people_verification_person_id_f9674114_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "people_verification_person_id_f9674114" ON "people_verification" ("person_id");
ALTER TABLE "people_consent" DROP CONSTRAINT "consent_to_a_known_purpose";
ALTER TABLE "people_consent" ADD CONSTRAINT "consent_to_a_known_purpose" CHECK ("purpose" IN ('notices', 'child_told'));
ALTER TABLE "people_verification" DROP CONSTRAINT "a_known_level";
ALTER TABLE "people_verification" ADD CONSTRAINT "a_known_level" CHECK ("level" IN ('oidc_identity', 'desk_check'));
CREATE TABLE "thread_record" ("id" uuid NOT NULL PRIMARY KEY, "code" varchar(8) NOT NULL UNIQUE, "kind" varchar(12) NOT NULL, "state" varchar(20) NOT NULL, "visibility" varchar(10) NOT NULL, "byline" varchar(120) NOT NULL, "origin" varchar(8) NOT NULL, "place" varchar(80) NOT NULL, "happened_at" timestamp with time zone NOT NULL, "recorded_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL);
CREATE TABLE "thread_cursor" ("name" varchar(60) NOT NULL PRIMARY KEY, "position" bigint NOT NULL, "moved_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL);
CREATE TABLE "thread_entry" ("id" uuid NOT NULL PRIMARY KEY, "kind" varchar(40) NOT NULL, "version" smallint NOT NULL, "origin" varchar(8) NOT NULL, "day" date NOT NULL, "at" timestamp with time zone NULL, "data" jsonb NOT NULL, "commitments" jsonb NOT NULL);
CREATE TABLE "thread_treenode" ("level" smallint NOT NULL, "index" bigint NOT NULL, "hash" bytea NOT NULL, PRIMARY KEY ("level", "index"));
CREATE TABLE "thread_authority" ("id" uuid NOT NULL PRIMARY KEY, "slug" varchar(50) NOT NULL UNIQUE, "name" varchar(120) NOT NULL, "kind_label" varchar(60) NOT NULL, "host" varchar(253) NOT NULL, "time_zone" varchar(40) NOT NULL, "languages" varchar(60) NOT NULL, "identity" varchar(20) NOT NULL, "is_demo" boolean NOT NULL);
CREATE TABLE "thread_audience" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(120) NOT NULL, "is_public" boolean NOT NULL, "authority_id" uuid NOT NULL);
CREATE TABLE "thread_claimsecret" ("record_id" uuid NOT NULL PRIMARY KEY, "secret_hash" varchar(64) NOT NULL UNIQUE, "used_at" timestamp with time zone NULL);
CREATE TABLE "thread_comment" ("record_id" uuid NOT NULL PRIMARY KEY, "thread_start" uuid NOT NULL, "depth" smallint NOT NULL, "alignment" smallint NOT NULL);
CREATE TABLE "thread_markedrecord" ("record_id" uuid NOT NULL PRIMARY KEY, "counted_at" timestamp with time zone NULL, "is_stale" boolean NOT NULL);
CREATE TABLE "thread_recordfigures" ("record_id" uuid NOT NULL PRIMARY KEY, "process_id" uuid NULL, "kind" varchar(12) NOT NULL, "supports" integer NOT NULL, "comments_for" integer NOT NULL, "comments_against" integer NOT NULL, "comments_neutral" integer NOT NULL, "grouped" integer NOT NULL);
CREATE TABLE "thread_recordsearch" ("record_id" uuid NOT NULL PRIMARY KEY, "vector" tsvector NOT NULL);
CREATE TABLE "thread_withdrawal" ("record_id" uuid NOT NULL PRIMARY KEY, "reason" text NOT NULL, "function" varchar(200) NOT NULL, "withdrawn_at" timestamp with time zone NOT NULL);
ALTER TABLE "thread_record" ADD COLUMN "audience_id" uuid NOT NULL CONSTRAINT "thread_record_audience_id_2cd1e657_fk_thread_audience_id" REFERENCES "thread_audience"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "thread_record_audience_id_2cd1e657_fk_thread_audience_id" IMMEDIATE;
ALTER TABLE "thread_record" ADD COLUMN "author_id" uuid NULL CONSTRAINT "thread_record_author_id_dce0e2ae_fk_people_person_id" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "thread_record_author_id_dce0e2ae_fk_people_person_id" IMMEDIATE;
ALTER TABLE "thread_record" ADD COLUMN "authority_id" uuid NOT NULL CONSTRAINT "thread_record_authority_id_1a7b2bc6_fk_thread_authority_id" REFERENCES "thread_authority"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "thread_record_authority_id_1a7b2bc6_fk_thread_authority_id" IMMEDIATE;
ALTER TABLE "thread_record" ADD COLUMN "process_id" uuid NULL CONSTRAINT "thread_record_process_id_d34c757e_fk_thread_record_id" REFERENCES "thread_record"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "thread_record_process_id_d34c757e_fk_thread_record_id" IMMEDIATE;
ALTER TABLE "thread_record" ADD COLUMN "theme_id" uuid NULL CONSTRAINT "thread_record_theme_id_d12a3a94_fk_thread_record_id" REFERENCES "thread_record"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "thread_record_theme_id_d12a3a94_fk_thread_record_id" IMMEDIATE;
CREATE TABLE "thread_pendingentry" ("entry_id" uuid NOT NULL PRIMARY KEY);
ALTER TABLE "thread_entry" ADD COLUMN "authority_id" uuid NOT NULL CONSTRAINT "thread_entry_authority_id_50cb5eed_fk_thread_authority_id" REFERENCES "thread_authority"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "thread_entry_authority_id_50cb5eed_fk_thread_authority_id" IMMEDIATE;
ALTER TABLE "thread_entry" ADD COLUMN "process_id" uuid NULL CONSTRAINT "thread_entry_process_id_bf2f1f3e_fk_thread_record_id" REFERENCES "thread_record"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "thread_entry_process_id_bf2f1f3e_fk_thread_record_id" IMMEDIATE;
ALTER TABLE "thread_entry" ADD COLUMN "record_id" uuid NULL CONSTRAINT "thread_entry_record_id_2657044c_fk_thread_record_id" REFERENCES "thread_record"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "thread_entry_record_id_2657044c_fk_thread_record_id" IMMEDIATE;
CREATE TABLE "thread_externalreference" ("id" uuid NOT NULL PRIMARY KEY, "host" varchar(253) NOT NULL, "type" varchar(60) NOT NULL, "external_id" varchar(120) NOT NULL, "person_id" uuid NULL, "record_id" uuid NULL);
CREATE TABLE "thread_follow" ("id" uuid NOT NULL PRIMARY KEY, "volume" varchar(8) NOT NULL, "created_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "person_id" uuid NOT NULL, "record_id" uuid NOT NULL);
CREATE TABLE "thread_grant" ("id" uuid NOT NULL PRIMARY KEY, "role" varchar(20) NOT NULL, "since" timestamp with time zone NOT NULL, "until" timestamp with time zone NULL, "authority_id" uuid NOT NULL, "person_id" uuid NOT NULL, "process_id" uuid NULL);
CREATE TABLE "thread_head" ("one" boolean NOT NULL PRIMARY KEY, "epoch" integer NOT NULL, "size" bigint NOT NULL, "frontier" jsonb NOT NULL, "root" bytea NOT NULL, CONSTRAINT "one_head" CHECK ("one"));
CREATE TABLE "thread_importedtally" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(40) NOT NULL, "source" varchar(253) NOT NULL, "count" integer NOT NULL, "record_id" uuid NOT NULL);
CREATE TABLE "thread_link" ("id" uuid NOT NULL PRIMARY KEY, "kind" varchar(16) NOT NULL, "ended_by_id" uuid NULL, "entry_id" uuid NOT NULL, "source_id" uuid NOT NULL, "target_id" uuid NOT NULL);
CREATE TABLE "thread_opening" ("id" uuid NOT NULL PRIMARY KEY, "part" varchar(40) NOT NULL, "salt" bytea NOT NULL, "value" jsonb NOT NULL, "entry_id" uuid NOT NULL);
CREATE TABLE "thread_parkedentry" ("id" uuid NOT NULL PRIMARY KEY, "projection" varchar(60) NOT NULL, "position" bigint NOT NULL, "reason" text NOT NULL, "parked_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, CONSTRAINT "parked_once" UNIQUE ("projection", "position"));
CREATE TABLE "thread_position" ("position" bigint NOT NULL PRIMARY KEY, "leaf_hash" bytea NOT NULL, "entry_id" uuid NOT NULL UNIQUE);
CREATE TABLE "thread_signedhead" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "epoch" integer NOT NULL, "size" bigint NOT NULL, "root" bytea NOT NULL, "signed_at" timestamp with time zone NOT NULL, "body" text NOT NULL, CONSTRAINT "one_signature_per_size" UNIQUE ("epoch", "size"));
CREATE TABLE "thread_support" ("id" uuid NOT NULL PRIMARY KEY, "created_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "person_id" uuid NOT NULL, "record_id" uuid NOT NULL);
CREATE TABLE "thread_tag" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(60) NOT NULL, "slug" varchar(60) NOT NULL, "authority_id" uuid NOT NULL);
CREATE TABLE "thread_tagonrecord" ("id" uuid NOT NULL PRIMARY KEY, "record_id" uuid NOT NULL, "tag_id" uuid NOT NULL);
CREATE TABLE "thread_wording" ("id" uuid NOT NULL PRIMARY KEY, "version" integer NOT NULL, "language" varchar(8) NOT NULL, "title" varchar(200) NOT NULL, "text" text NOT NULL, "created_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "record_id" uuid NOT NULL);
ALTER TABLE "thread_record" ADD COLUMN "wording_id" uuid NULL CONSTRAINT "thread_record_wording_id_4e0d9ed1_fk_thread_wording_id" REFERENCES "thread_wording"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "thread_record_wording_id_4e0d9ed1_fk_thread_wording_id" IMMEDIATE;
CREATE TABLE "thread_audiencemember" ("id" uuid NOT NULL PRIMARY KEY, "since" timestamp with time zone NOT NULL, "until" timestamp with time zone NULL, "audience_id" uuid NOT NULL, "person_id" uuid NOT NULL);
CREATE UNIQUE INDEX "one_public_audience" ON "thread_audience" ("authority_id") WHERE "is_public";
ALTER TABLE "thread_comment" ADD COLUMN "parent_id" uuid NULL CONSTRAINT "thread_comment_parent_id_039872bc_fk_thread_comment_record_id" REFERENCES "thread_comment"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "thread_comment_parent_id_039872bc_fk_thread_comment_record_id" IMMEDIATE;
ALTER TABLE "thread_comment" ADD COLUMN "subject_id" uuid NOT NULL CONSTRAINT "thread_comment_subject_id_0390c8a9_fk_thread_record_id" REFERENCES "thread_record"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "thread_comment_subject_id_0390c8a9_fk_thread_record_id" IMMEDIATE;
CREATE INDEX "figures_most_supported" ON "thread_recordfigures" ("process_id", "kind", "supports" DESC, "record_id" DESC);
CREATE INDEX "record_search_vector" ON "thread_recordsearch" USING gin ("vector") WITH (fastupdate = off);
CREATE INDEX "entry_newest_of_process" ON "thread_entry" ("process_id", "id" DESC);
ALTER TABLE "thread_externalreference" ADD CONSTRAINT "one_external_identity" UNIQUE ("host", "type", "external_id");
ALTER TABLE "thread_externalreference" ADD CONSTRAINT "external_reference_of_one_thing" CHECK ((("record_id" IS NULL OR "person_id" IS NULL) AND 1 = (CASE WHEN "record_id" IS NULL THEN 1 ELSE 0 END + CASE WHEN "person_id" IS NULL THEN 1 ELSE 0 END)));
ALTER TABLE "thread_follow" ADD CONSTRAINT "one_follow_per_person" UNIQUE ("record_id", "person_id");
CREATE UNIQUE INDEX "one_running_grant" ON "thread_grant" ("person_id", "role", "authority_id", "process_id") NULLS NOT DISTINCT WHERE "until" IS NULL;
ALTER TABLE "thread_importedtally" ADD CONSTRAINT "one_tally_per_source" UNIQUE ("record_id", "name", "source");
CREATE UNIQUE INDEX "one_running_link" ON "thread_link" ("source_id", "kind", "target_id") WHERE "ended_by_id" IS NULL;
ALTER TABLE "thread_link" ADD CONSTRAINT "no_link_to_itself" CHECK (NOT ("source_id" = ("target_id")));
ALTER TABLE "thread_opening" ADD CONSTRAINT "one_opening_per_part" UNIQUE ("entry_id", "part");
ALTER TABLE "thread_support" ADD CONSTRAINT "one_support_per_person" UNIQUE ("record_id", "person_id");
ALTER TABLE "thread_tag" ADD CONSTRAINT "one_tag_per_slug" UNIQUE ("authority_id", "slug");
ALTER TABLE "thread_tagonrecord" ADD CONSTRAINT "one_use_per_tag" UNIQUE ("record_id", "tag_id");
ALTER TABLE "thread_wording" ADD CONSTRAINT "one_wording_per_version" UNIQUE ("record_id", "language", "version");
CREATE INDEX "record_facets" ON "thread_record" ("process_id", "kind", "visibility", "audience_id", "theme_id", "origin", "state", "place");
CREATE INDEX "record_newest" ON "thread_record" ("process_id", "kind", "happened_at" DESC, "id" DESC);
CREATE INDEX "record_of_authority" ON "thread_record" ("authority_id", "kind", "happened_at" DESC);
CREATE INDEX "record_author" ON "thread_record" ("author_id");
CREATE INDEX "comment_threads" ON "thread_comment" ("subject_id", "thread_start", "record_id");
ALTER TABLE "thread_comment" ADD CONSTRAINT "comment_depth_bounded" CHECK (("depth" >= 0 AND "depth" <= 20));
CREATE INDEX "thread_record_code_468b5811_like" ON "thread_record" ("code" varchar_pattern_ops);
CREATE INDEX "thread_cursor_name_d3f48e47_like" ON "thread_cursor" ("name" varchar_pattern_ops);
CREATE UNIQUE INDEX "one_authority_per_host" ON "thread_authority" ("host") WHERE NOT ("host" = '');
CREATE INDEX "thread_authority_slug_8d88020e_like" ON "thread_authority" ("slug" varchar_pattern_ops);
ALTER TABLE "thread_audience" ADD CONSTRAINT "thread_audience_authority_id_0348369a_fk_thread_authority_id" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_audience_authority_id_0348369a" ON "thread_audience" ("authority_id");
ALTER TABLE "thread_claimsecret" ADD CONSTRAINT "thread_claimsecret_record_id_cb18e2c0_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_claimsecret_secret_hash_c2fa19fd_like" ON "thread_claimsecret" ("secret_hash" varchar_pattern_ops);
ALTER TABLE "thread_comment" ADD CONSTRAINT "thread_comment_record_id_7a1a3c00_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_markedrecord" ADD CONSTRAINT "thread_markedrecord_record_id_18ad63d6_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_recordfigures" ADD CONSTRAINT "thread_recordfigures_record_id_e7b80ac5_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_recordsearch" ADD CONSTRAINT "thread_recordsearch_record_id_9e8ce0ce_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_withdrawal" ADD CONSTRAINT "thread_withdrawal_record_id_b7b3e233_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_record_audience_id_2cd1e657" ON "thread_record" ("audience_id");
CREATE INDEX "thread_record_author_id_dce0e2ae" ON "thread_record" ("author_id");
CREATE INDEX "thread_record_authority_id_1a7b2bc6" ON "thread_record" ("authority_id");
CREATE INDEX "thread_record_process_id_d34c757e" ON "thread_record" ("process_id");
CREATE INDEX "thread_record_theme_id_d12a3a94" ON "thread_record" ("theme_id");
ALTER TABLE "thread_pendingentry" ADD CONSTRAINT "thread_pendingentry_entry_id_86b24f5e_fk_thread_entry_id" FOREIGN KEY ("entry_id") REFERENCES "thread_entry" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_entry_authority_id_50cb5eed" ON "thread_entry" ("authority_id");
CREATE INDEX "thread_entry_process_id_bf2f1f3e" ON "thread_entry" ("process_id");
CREATE INDEX "thread_entry_record_id_2657044c" ON "thread_entry" ("record_id");
ALTER TABLE "thread_externalreference" ADD CONSTRAINT "thread_externalreference_person_id_e0b8bd6e_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_externalreference" ADD CONSTRAINT "thread_externalreference_record_id_8b28e374_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_externalreference_person_id_e0b8bd6e" ON "thread_externalreference" ("person_id");
CREATE INDEX "thread_externalreference_record_id_8b28e374" ON "thread_externalreference" ("record_id");
ALTER TABLE "thread_follow" ADD CONSTRAINT "thread_follow_person_id_e41423a4_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_follow" ADD CONSTRAINT "thread_follow_record_id_1004c786_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_follow_person_id_e41423a4" ON "thread_follow" ("person_id");
ALTER TABLE "thread_grant" ADD CONSTRAINT "thread_grant_authority_id_d35c9066_fk_thread_authority_id" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_grant" ADD CONSTRAINT "thread_grant_person_id_dcec7296_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_grant" ADD CONSTRAINT "thread_grant_process_id_e8b9bd92_fk_thread_record_id" FOREIGN KEY ("process_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_grant_authority_id_d35c9066" ON "thread_grant" ("authority_id");
CREATE INDEX "thread_grant_person_id_dcec7296" ON "thread_grant" ("person_id");
CREATE INDEX "thread_grant_process_id_e8b9bd92" ON "thread_grant" ("process_id");
ALTER TABLE "thread_importedtally" ADD CONSTRAINT "thread_importedtally_record_id_f7ecf275_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_importedtally_record_id_f7ecf275" ON "thread_importedtally" ("record_id");
ALTER TABLE "thread_link" ADD CONSTRAINT "thread_link_ended_by_id_e748f489_fk_thread_entry_id" FOREIGN KEY ("ended_by_id") REFERENCES "thread_entry" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_link" ADD CONSTRAINT "thread_link_entry_id_2be1a588_fk_thread_entry_id" FOREIGN KEY ("entry_id") REFERENCES "thread_entry" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_link" ADD CONSTRAINT "thread_link_source_id_48ab829f_fk_thread_record_id" FOREIGN KEY ("source_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_link" ADD CONSTRAINT "thread_link_target_id_543a859d_fk_thread_record_id" FOREIGN KEY ("target_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_link_ended_by_id_e748f489" ON "thread_link" ("ended_by_id");
CREATE INDEX "thread_link_entry_id_2be1a588" ON "thread_link" ("entry_id");
CREATE INDEX "thread_link_target_id_543a859d" ON "thread_link" ("target_id");
ALTER TABLE "thread_opening" ADD CONSTRAINT "thread_opening_entry_id_e8dce09d_fk_thread_entry_id" FOREIGN KEY ("entry_id") REFERENCES "thread_entry" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_position" ADD CONSTRAINT "thread_position_entry_id_cbbf0b26_fk_thread_entry_id" FOREIGN KEY ("entry_id") REFERENCES "thread_entry" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_support" ADD CONSTRAINT "thread_support_person_id_2179d30e_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_support" ADD CONSTRAINT "thread_support_record_id_98c5a442_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_support_person_id_2179d30e" ON "thread_support" ("person_id");
ALTER TABLE "thread_tag" ADD CONSTRAINT "thread_tag_authority_id_7c6cd4e1_fk_thread_authority_id" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_tag_slug_b3815939" ON "thread_tag" ("slug");
CREATE INDEX "thread_tag_slug_b3815939_like" ON "thread_tag" ("slug" varchar_pattern_ops);
CREATE INDEX "thread_tag_authority_id_7c6cd4e1" ON "thread_tag" ("authority_id");
ALTER TABLE "thread_tagonrecord" ADD CONSTRAINT "thread_tagonrecord_record_id_fc7db8ee_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_tagonrecord" ADD CONSTRAINT "thread_tagonrecord_tag_id_aa0843e4_fk_thread_tag_id" FOREIGN KEY ("tag_id") REFERENCES "thread_tag" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_tagonrecord_tag_id_aa0843e4" ON "thread_tagonrecord" ("tag_id");
ALTER TABLE "thread_wording" ADD CONSTRAINT "thread_wording_record_id_f35bdfe2_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_wording_record_id_f35bdfe2" ON "thread_wording" ("record_id");
CREATE INDEX "thread_record_wording_id_4e0d9ed1" ON "thread_record" ("wording_id");
ALTER TABLE "thread_audiencemember" ADD CONSTRAINT "thread_audiencemembe_audience_id_b18c6f74_fk_thread_au" FOREIGN KEY ("audience_id") REFERENCES "thread_audience" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_audiencemember" ADD CONSTRAINT "thread_audiencemember_person_id_a7ef9235_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX "one_running_audience_membership" ON "thread_audiencemember" ("audience_id", "person_id") WHERE "until" IS NULL;
CREATE INDEX "thread_audiencemember_audience_id_b18c6f74" ON "thread_audiencemember" ("audience_id");
CREATE INDEX "thread_audiencemember_person_id_a7ef9235" ON "thread_audiencemember" ("person_id");
CREATE INDEX "thread_comment_parent_id_039872bc" ON "thread_comment" ("parent_id");
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create text search configuration fr (copy = pg_catalog.french);
alter text search configuration fr
  alter mapping for hword, hword_part, word with unaccent, french_stem;
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'table % is insert-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger entry_is_insert_only before update or delete on thread_entry
  for each row execute function refuse_change();
create trigger position_is_insert_only before update or delete on thread_position
  for each row execute function refuse_change();
create trigger signed_head_is_insert_only before update or delete on thread_signedhead
  for each row execute function refuse_change();
create function refuse_reopening() returns trigger language plpgsql as $$
begin
  raise exception 'an opening is erased, never rewritten' using errcode = 'restrict_violation';
end $$;
create trigger opening_is_never_rewritten before update on thread_opening
  for each row execute function refuse_reopening();
create function refuse_renaming() returns trigger language plpgsql as $$
begin
  raise exception 'what the journal names is never renamed' using errcode = 'restrict_violation';
end $$;
create trigger record_code_is_for_good before update of code on thread_record
  for each row when (old.code is distinct from new.code) execute function refuse_renaming();
create trigger authority_slug_is_for_good before update of slug on thread_authority
  for each row when (old.slug is distinct from new.slug) execute function refuse_renaming();
insert into thread_head (one, epoch, size, frontier, root)
values (true, 1, 0, '[]', sha256(''));
CREATE TABLE "thread_shelfcount" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "process_id" uuid NOT NULL, "kind" varchar(12) NOT NULL, "audience_id" uuid NOT NULL, "facet" varchar(6) NOT NULL, "value" varchar(80) NOT NULL, "n" integer NOT NULL, "is_sum" boolean NOT NULL);
create function count_added_records() returns trigger language plpgsql as $$
begin
  insert into thread_shelfcount (process_id, kind, audience_id, facet, value, n, is_sum)
  select r.process_id, r.kind, r.audience_id, each.facet, each.value, count(*), false
  from added r, lateral (values ('all', ''), ('state', r.state), ('origin', r.origin), ('place', r.place),
    ('theme', coalesce(r.theme_id::text, ''))) each(facet, value)
  where r.process_id is not null and r.visibility = 'public' and r.kind <> 'comment'
  group by 1, 2, 3, 4, 5;
  return null;
end $$;
create function count_removed_records() returns trigger language plpgsql as $$
begin
  insert into thread_shelfcount (process_id, kind, audience_id, facet, value, n, is_sum)
  select r.process_id, r.kind, r.audience_id, each.facet, each.value, -count(*), false
  from removed r, lateral (values ('all', ''), ('state', r.state), ('origin', r.origin), ('place', r.place),
    ('theme', coalesce(r.theme_id::text, ''))) each(facet, value)
  where r.process_id is not null and r.visibility = 'public' and r.kind <> 'comment'
  group by 1, 2, 3, 4, 5;
  return null;
end $$;
create function count_changed_records() returns trigger language plpgsql as $$
begin
  if exists (
    select from removed o join added n using (id)
    where (o.process_id, o.kind, o.audience_id, o.visibility, o.state, o.origin, o.place, o.theme_id)
      is distinct from (n.process_id, n.kind, n.audience_id, n.visibility, n.state, n.origin, n.place, n.theme_id)
  ) then
  insert into thread_shelfcount (process_id, kind, audience_id, facet, value, n, is_sum)
  select r.process_id, r.kind, r.audience_id, each.facet, each.value, -count(*), false
  from removed r, lateral (values ('all', ''), ('state', r.state), ('origin', r.origin), ('place', r.place),
    ('theme', coalesce(r.theme_id::text, ''))) each(facet, value)
  where r.process_id is not null and r.visibility = 'public' and r.kind <> 'comment'
  group by 1, 2, 3, 4, 5;

  insert into thread_shelfcount (process_id, kind, audience_id, facet, value, n, is_sum)
  select r.process_id, r.kind, r.audience_id, each.facet, each.value, count(*), false
  from added r, lateral (values ('all', ''), ('state', r.state), ('origin', r.origin), ('place', r.place),
    ('theme', coalesce(r.theme_id::text, ''))) each(facet, value)
  where r.process_id is not null and r.visibility = 'public' and r.kind <> 'comment'
  group by 1, 2, 3, 4, 5;
  end if;
  return null;
end $$;
create trigger record_added after insert on thread_record
  referencing new table as added for each statement execute function count_added_records();
create trigger record_removed after delete on thread_record
  referencing old table as removed for each statement execute function count_removed_records();
create trigger record_changed after update on thread_record
  referencing old table as removed new table as added
  for each statement execute function count_changed_records();
insert into thread_shelfcount (process_id, kind, audience_id, facet, value, n, is_sum)
  select r.process_id, r.kind, r.audience_id, each.facet, each.value, count(*), true
  from thread_record r, lateral (values ('all', ''), ('state', r.state), ('origin', r.origin), ('place', r.place),
    ('theme', coalesce(r.theme_id::text, ''))) each(facet, value)
  where r.process_id is not null and r.visibility = 'public' and r.kind <> 'comment'
  group by 1, 2, 3, 4, 5;
CREATE INDEX "shelf_counts" ON "thread_shelfcount" ("process_id", "kind", "audience_id");
CREATE INDEX "shelf_counts_to_sum" ON "thread_shelfcount" ("process_id", "kind", "audience_id") WHERE NOT "is_sum";
DROP INDEX IF EXISTS "one_authority_per_host";
ALTER TABLE "thread_authority" ADD COLUMN "accent" varchar(7) DEFAULT '' NOT NULL;
ALTER TABLE "thread_authority" ALTER COLUMN "accent" DROP DEFAULT;
ALTER TABLE "thread_authority" ADD COLUMN "is_under_path" boolean DEFAULT false NOT NULL;
ALTER TABLE "thread_authority" ALTER COLUMN "is_under_path" DROP DEFAULT;
CREATE UNIQUE INDEX "one_authority_per_host" ON "thread_authority" ("host") WHERE NOT "is_under_path";
CREATE TABLE "kernel_pageversion" ("scope" uuid NOT NULL PRIMARY KEY, "version" bigint NOT NULL);
CREATE TABLE "kernel_storedfile" ("sha256" varchar(64) NOT NULL PRIMARY KEY, "size" bigint NOT NULL, "content_type" varchar(100) NOT NULL, "created_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL);
CREATE TABLE "kernel_idempotencykey" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "scope" varchar(64) NOT NULL, "key" varchar(128) NOT NULL, "fingerprint" varchar(64) NOT NULL, "location" text NOT NULL, "created_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, CONSTRAINT "one_answer_per_key" UNIQUE ("scope", "key"));
CREATE TABLE "kernel_ratecount" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "bucket" varchar(96) NOT NULL, "window_start" timestamp with time zone NOT NULL, "count" integer NOT NULL, CONSTRAINT "one_count_per_window" UNIQUE ("bucket", "window_start"));
CREATE INDEX "kernel_storedfile_sha256_6061f212_like" ON "kernel_storedfile" ("sha256" varchar_pattern_ops);
CREATE INDEX "idempotency_age" ON "kernel_idempotencykey" ("created_at");
CREATE INDEX "rate_count_age" ON "kernel_ratecount" ("window_start");
create table kernel_cache (
              cache_key varchar(255) primary key, value text not null, expires timestamptz not null);
            create index kernel_cache_expires on kernel_cache (expires);
CREATE TABLE "kernel_outage" ("part" varchar(16) NOT NULL PRIMARY KEY, "since" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL);
CREATE INDEX "kernel_outage_part_18b96284_like" ON "kernel_outage" ("part" varchar_pattern_ops);
ALTER TABLE "kernel_storedfile" ADD COLUMN "erase_after" timestamp with time zone NULL;
ALTER TABLE "kernel_storedfile" ADD COLUMN "has_thumbnails" boolean DEFAULT false NOT NULL;
ALTER TABLE "kernel_storedfile" ALTER COLUMN "has_thumbnails" DROP DEFAULT;
ALTER TABLE "kernel_storedfile" ADD COLUMN "height" integer DEFAULT 0 NOT NULL;
ALTER TABLE "kernel_storedfile" ALTER COLUMN "height" DROP DEFAULT;
ALTER TABLE "kernel_storedfile" ADD COLUMN "thumbnail_tries" smallint DEFAULT 0 NOT NULL;
ALTER TABLE "kernel_storedfile" ALTER COLUMN "thumbnail_tries" DROP DEFAULT;
ALTER TABLE "kernel_storedfile" ADD COLUMN "width" integer DEFAULT 0 NOT NULL;
ALTER TABLE "kernel_storedfile" ALTER COLUMN "width" DROP DEFAULT;
CREATE INDEX "files_to_erase" ON "kernel_storedfile" ("erase_after") WHERE "erase_after" IS NOT NULL;
CREATE INDEX "files_without_thumbnails" ON "kernel_storedfile" ("thumbnail_tries", "created_at") WHERE (NOT "has_thumbnails" AND "width" > 0);
CREATE TABLE "thread_attachment" ("id" uuid NOT NULL PRIMARY KEY, "alternative" varchar(300) NOT NULL, "position" smallint NOT NULL, "file_id" varchar(64) NOT NULL, "record_id" uuid NOT NULL, CONSTRAINT "a_record_shows_a_file_once" UNIQUE ("record_id", "file_id"), CONSTRAINT "one_attachment_per_position" UNIQUE ("record_id", "position"));
ALTER TABLE "thread_attachment" ADD CONSTRAINT "thread_attachment_file_id_2b211313_fk_kernel_storedfile_sha256" FOREIGN KEY ("file_id") REFERENCES "kernel_storedfile" ("sha256") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_attachment" ADD CONSTRAINT "thread_attachment_record_id_f0c9753b_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_attachment_file_id_2b211313" ON "thread_attachment" ("file_id");
CREATE INDEX "thread_attachment_file_id_2b211313_like" ON "thread_attachment" ("file_id" varchar_pattern_ops);
CREATE TABLE "kernel_switch" ("name" varchar(20) NOT NULL PRIMARY KEY, "since" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "reason" varchar(300) NOT NULL);
CREATE TABLE "kernel_erasure" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "kind" varchar(12) NOT NULL, "target" uuid NOT NULL, "erased_on" date DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "is_outside" boolean DEFAULT false NOT NULL);
CREATE INDEX "kernel_switch_name_b4133902_like" ON "kernel_switch" ("name" varchar_pattern_ops);
ALTER TABLE "kernel_erasure" ADD CONSTRAINT "one_erasure_of_each" UNIQUE ("kind", "target");
CREATE INDEX "erasures_to_keep_outside" ON "kernel_erasure" ("id") WHERE NOT "is_outside";
insert into kernel_erasure (kind, target)
select distinct case kind when 'words_erased' then 'words' when 'byline_erased' then 'byline' else 'withdrawn' end,
  record_id
from thread_entry where kind in ('words_erased', 'byline_erased', 'record_withdrawn_by_author')
union all select 'person', id from people_person where erased_on is not null
union all select 'address', id from people_contactaddress where stopped_at is not null
on conflict do nothing;
create trigger erasure_is_insert_only before delete or update of kind, target on kernel_erasure
  for each row execute function refuse_change();
CREATE TABLE "thread_outline" ("authority_id" uuid NOT NULL PRIMARY KEY, "areas" jsonb NOT NULL, "imported_at" timestamp with time zone NOT NULL);
CREATE TABLE "thread_recordpoint" ("record_id" uuid NOT NULL PRIMARY KEY, "latitude" numeric(8, 5) NOT NULL, "longitude" numeric(8, 5) NOT NULL, CONSTRAINT "point_is_on_earth" CHECK (("latitude" BETWEEN  -90 AND 90 AND "longitude" BETWEEN  -180 AND 180)), CONSTRAINT "point_is_rounded_to_100_m" CHECK (("latitude" = (ROUND("latitude", 3)) AND "longitude" = (ROUND("longitude", 3)))));
CREATE TABLE "thread_place" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(80) NOT NULL, "slug" varchar(80) NOT NULL, "kind" varchar(13) NOT NULL, "latitude" numeric(8, 5) NULL, "longitude" numeric(8, 5) NULL, "is_official" boolean NOT NULL, "authority_id" uuid NOT NULL, "parent_id" uuid NULL, CONSTRAINT "one_place_per_address" UNIQUE ("authority_id", "slug"), CONSTRAINT "place_is_on_earth_or_unknown" CHECK ((("latitude" BETWEEN  -90 AND 90 AND "longitude" BETWEEN  -180 AND 180) OR ("latitude" IS NULL AND "longitude" IS NULL))));
ALTER TABLE "thread_outline" ADD CONSTRAINT "thread_outline_authority_id_4695620e_fk_thread_authority_id" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_recordpoint" ADD CONSTRAINT "thread_recordpoint_record_id_e150b364_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_place" ADD CONSTRAINT "thread_place_authority_id_20c7fcdf_fk_thread_authority_id" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "thread_place" ADD CONSTRAINT "thread_place_parent_id_684db877_fk_thread_place_id" FOREIGN KEY ("parent_id") REFERENCES "thread_place" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_place_slug_cf25c362" ON "thread_place" ("slug");
CREATE INDEX "thread_place_slug_cf25c362_like" ON "thread_place" ("slug" varchar_pattern_ops);
CREATE INDEX "thread_place_authority_id_20c7fcdf" ON "thread_place" ("authority_id");
CREATE INDEX "thread_place_parent_id_684db877" ON "thread_place" ("parent_id");
CREATE INDEX "link_of_parts" ON "thread_link" ("source_id") WHERE "kind" = 'split_from';
create extension if not exists btree_gin;
create sequence thread_recordsearch_rows;
DROP INDEX IF EXISTS "record_search_vector";
ALTER TABLE "thread_recordsearch" ADD COLUMN "era" integer DEFAULT ((nextval('thread_recordsearch_rows') / 8192)) NOT NULL;
ALTER TABLE "thread_recordsearch" ADD COLUMN "authority_id" uuid NULL;
update thread_recordsearch s set authority_id = r.authority_id from thread_record r where r.id = s.record_id;
set constraints all immediate;
ALTER TABLE "thread_recordsearch" ALTER COLUMN "authority_id" SET NOT NULL;
CREATE INDEX "record_search_newest" ON "thread_recordsearch" USING gin ("authority_id", "era", "vector") WITH (fastupdate = off);
alter sequence thread_recordsearch_rows owned by thread_recordsearch.era;
CREATE TABLE "thread_followsaddress" ("id" uuid NOT NULL PRIMARY KEY, "secret_hash" varchar(64) NOT NULL UNIQUE, "made_on" date NOT NULL, "person_id" uuid NOT NULL UNIQUE);
ALTER TABLE "thread_followsaddress" ADD CONSTRAINT "thread_followsaddress_person_id_d23655cb_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "thread_followsaddress_secret_hash_eac5d485_like" ON "thread_followsaddress" ("secret_hash" varchar_pattern_ops);
ALTER TABLE "thread_recordsearch" ADD COLUMN "process_id" uuid NULL;
ALTER TABLE "thread_recordsearch" ADD COLUMN "audience_id" uuid NULL;
ALTER TABLE "thread_recordsearch" ADD COLUMN "kind" varchar(12) NULL;
ALTER TABLE "thread_recordsearch" ADD COLUMN "origin" varchar(8) NULL;
ALTER TABLE "thread_recordsearch" ADD COLUMN "state" varchar(20) NULL;
ALTER TABLE "thread_recordsearch" ADD COLUMN "visibility" varchar(10) NULL;
update thread_recordsearch s set (authority_id, process_id, audience_id, kind, origin, state, visibility) = (r.authority_id, r.process_id, r.audience_id, r.kind, r.origin, r.state, r.visibility) from thread_record r where r.id = s.record_id;
set constraints all immediate;
ALTER TABLE "thread_recordsearch" ALTER COLUMN "audience_id" SET NOT NULL;
ALTER TABLE "thread_recordsearch" ALTER COLUMN "kind" SET NOT NULL;
ALTER TABLE "thread_recordsearch" ALTER COLUMN "origin" SET NOT NULL;
ALTER TABLE "thread_recordsearch" ALTER COLUMN "state" SET DEFAULT '', ALTER COLUMN "state" SET NOT NULL;
ALTER TABLE "thread_recordsearch" ALTER COLUMN "state" DROP DEFAULT;
ALTER TABLE "thread_recordsearch" ALTER COLUMN "visibility" SET NOT NULL;
create function search_reads_its_record() returns trigger language plpgsql as $$
begin
  select r.authority_id, r.process_id, r.audience_id, r.kind, r.origin, r.state, r.visibility into new.authority_id, new.process_id, new.audience_id, new.kind, new.origin, new.state, new.visibility from thread_record r where r.id = new.record_id;
  return new;
end $$;
create trigger search_added before insert on thread_recordsearch
  for each row execute function search_reads_its_record();
create function search_follows_its_record() returns trigger language plpgsql as $$
begin
  update thread_recordsearch s set (authority_id, process_id, audience_id, kind, origin, state, visibility) = (n.authority_id, n.process_id, n.audience_id, n.kind, n.origin, n.state, n.visibility)
  from removed o join added n using (id)
  where s.record_id = n.id and (o.authority_id, o.process_id, o.audience_id, o.kind, o.origin, o.state, o.visibility) is distinct from (n.authority_id, n.process_id, n.audience_id, n.kind, n.origin, n.state, n.visibility);
  return null;
end $$;
create trigger record_searched after update on thread_record
  referencing old table as removed new table as added
  for each statement execute function search_follows_its_record();
DROP INDEX IF EXISTS "record_search_newest";
CREATE INDEX "record_search_shelf" ON "thread_recordsearch" USING gin ((hashtextextended(("authority_id")::text, "era")), "vector") WITH (fastupdate = off);
ALTER TABLE "thread_place" ADD COLUMN "insee_code" varchar(5) DEFAULT '' NOT NULL;
ALTER TABLE "thread_place" ADD COLUMN "postcode" varchar(5) DEFAULT '' NOT NULL;
CREATE TABLE "communities_official" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(120) NOT NULL, "function" varchar(160) NOT NULL);
CREATE TABLE "communities_service" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(120) NOT NULL);
ALTER TABLE "communities_official" ADD COLUMN "authority_id" uuid NOT NULL CONSTRAINT "communities_official_authority_id_e398cb4f_fk_thread_au" REFERENCES "thread_authority"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "communities_official_authority_id_e398cb4f_fk_thread_au" IMMEDIATE;
ALTER TABLE "communities_official" ADD COLUMN "person_id" uuid NULL CONSTRAINT "communities_official_person_id_38ad7ca9_fk_people_person_id" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "communities_official_person_id_38ad7ca9_fk_people_person_id" IMMEDIATE;
ALTER TABLE "communities_service" ADD COLUMN "authority_id" uuid NOT NULL CONSTRAINT "communities_service_authority_id_856c5ecb_fk_thread_au" REFERENCES "thread_authority"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "communities_service_authority_id_856c5ecb_fk_thread_au" IMMEDIATE;
ALTER TABLE "communities_service" ADD COLUMN "deputy_id" uuid NULL CONSTRAINT "communities_service_deputy_id_f08d6d5f_fk_people_person_id" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "communities_service_deputy_id_f08d6d5f_fk_people_person_id" IMMEDIATE;
ALTER TABLE "communities_service" ADD COLUMN "titular_id" uuid NULL CONSTRAINT "communities_service_titular_id_b2e4ef4c_fk_people_person_id" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "communities_service_titular_id_b2e4ef4c_fk_people_person_id" IMMEDIATE;
ALTER TABLE "communities_official" ADD CONSTRAINT "one_official_per_function" UNIQUE ("authority_id", "name", "function");
ALTER TABLE "communities_service" ADD CONSTRAINT "one_service_per_name" UNIQUE ("authority_id", "name");
CREATE INDEX "communities_official_authority_id_e398cb4f" ON "communities_official" ("authority_id");
CREATE INDEX "communities_official_person_id_38ad7ca9" ON "communities_official" ("person_id");
CREATE INDEX "communities_service_authority_id_856c5ecb" ON "communities_service" ("authority_id");
CREATE INDEX "communities_service_deputy_id_f08d6d5f" ON "communities_service" ("deputy_id");
CREATE INDEX "communities_service_titular_id_b2e4ef4c" ON "communities_service" ("titular_id");
CREATE TABLE "communities_controller" ("authority_id" uuid NOT NULL PRIMARY KEY, "legal_name" varchar(200) NOT NULL, "siret" varchar(14) NOT NULL, "postal_address" text NOT NULL, "phone" varchar(40) NOT NULL, "email" varchar(254) NOT NULL, "publication_director" varchar(200) NOT NULL, "hosting" text NOT NULL, "officer" varchar(200) NOT NULL, "officer_email" varchar(254) NOT NULL, "accessibility_rate" smallint NULL, "audited_on" date NULL, "accessibility_gaps" text NOT NULL, CONSTRAINT "an_accessibility_rate_comes_from_an_audit" CHECK ((("accessibility_rate" IS NULL AND "audited_on" IS NULL) OR ("accessibility_rate" BETWEEN 0 AND 100 AND "audited_on" IS NOT NULL))));
ALTER TABLE "communities_controller" ADD CONSTRAINT "communities_controll_authority_id_e7bdfb89_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE "communities_organisation" ("record_id" uuid NOT NULL PRIMARY KEY, "name" varchar(200) NOT NULL, "sort" varchar(12) NOT NULL, "audience_id" uuid NOT NULL UNIQUE, "authority_id" uuid NOT NULL);
CREATE TABLE "communities_membership" ("id" uuid NOT NULL PRIMARY KEY, "place" varchar(8) NOT NULL, "since" date NOT NULL, "until" date NULL, "person_id" uuid NOT NULL, "organisation_id" uuid NOT NULL);
CREATE TABLE "communities_joinlink" ("id" uuid NOT NULL PRIMARY KEY, "place" varchar(8) NOT NULL, "secret_hash" varchar(64) NOT NULL UNIQUE, "made_at" timestamp with time zone NOT NULL, "expires_at" timestamp with time zone NOT NULL, "used_at" timestamp with time zone NULL, "made_by_id" uuid NULL, "organisation_id" uuid NOT NULL);
CREATE TABLE "communities_speakingmandate" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(80) NOT NULL, "function" varchar(120) NOT NULL, "proposed_on" date NOT NULL, "since" date NULL, "until" date NULL, "organisation_id" uuid NOT NULL, "person_id" uuid NULL);
CREATE UNIQUE INDEX "one_organisation_per_name" ON "communities_organisation" ("authority_id", (LOWER("name")));
CREATE UNIQUE INDEX "one_running_membership" ON "communities_membership" ("organisation_id", "person_id") WHERE "until" IS NULL;
ALTER TABLE "communities_membership" ADD CONSTRAINT "a_membership_ends_after_it_began" CHECK (("until" IS NULL OR "until" >= ("since")));
CREATE UNIQUE INDEX "one_running_mandate_to_speak" ON "communities_speakingmandate" ("organisation_id", "person_id") WHERE "until" IS NULL;
ALTER TABLE "communities_speakingmandate" ADD CONSTRAINT "a_mandate_to_speak_ends_after_it_began" CHECK (("until" IS NULL OR "since" IS NULL OR "until" >= ("since")));
ALTER TABLE "communities_organisation" ADD CONSTRAINT "communities_organisation_record_id_5acb0c25_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_organisation" ADD CONSTRAINT "communities_organisa_audience_id_cd3b3fd0_fk_thread_au" FOREIGN KEY ("audience_id") REFERENCES "thread_audience" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_organisation" ADD CONSTRAINT "communities_organisa_authority_id_04c80ece_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_organisation_authority_id_04c80ece" ON "communities_organisation" ("authority_id");
ALTER TABLE "communities_membership" ADD CONSTRAINT "communities_membership_person_id_d7a7600d_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_membership" ADD CONSTRAINT "communities_membersh_organisation_id_7f0cbb11_fk_communiti" FOREIGN KEY ("organisation_id") REFERENCES "communities_organisation" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_membership_person_id_d7a7600d" ON "communities_membership" ("person_id");
CREATE INDEX "communities_membership_organisation_id_7f0cbb11" ON "communities_membership" ("organisation_id");
ALTER TABLE "communities_joinlink" ADD CONSTRAINT "communities_joinlink_made_by_id_09cb3bae_fk_people_person_id" FOREIGN KEY ("made_by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_joinlink" ADD CONSTRAINT "communities_joinlink_organisation_id_674b9d90_fk_communiti" FOREIGN KEY ("organisation_id") REFERENCES "communities_organisation" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_joinlink_secret_hash_665fae5d_like" ON "communities_joinlink" ("secret_hash" varchar_pattern_ops);
CREATE INDEX "communities_joinlink_made_by_id_09cb3bae" ON "communities_joinlink" ("made_by_id");
CREATE INDEX "communities_joinlink_organisation_id_674b9d90" ON "communities_joinlink" ("organisation_id");
ALTER TABLE "communities_speakingmandate" ADD CONSTRAINT "communities_speaking_organisation_id_f373143c_fk_communiti" FOREIGN KEY ("organisation_id") REFERENCES "communities_organisation" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_speakingmandate" ADD CONSTRAINT "communities_speaking_person_id_7d266554_fk_people_pe" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_speakingmandate_organisation_id_f373143c" ON "communities_speakingmandate" ("organisation_id");
CREATE INDEX "communities_speakingmandate_person_id_7d266554" ON "communities_speakingmandate" ("person_id");
CREATE TABLE "communities_invitation" ("id" uuid NOT NULL PRIMARY KEY, "role" varchar(20) NOT NULL, "email" varchar(254) NOT NULL, "language" varchar(5) NOT NULL, "secret_hash" varchar(64) NOT NULL UNIQUE, "invited_at" timestamp with time zone NOT NULL, "expires_at" timestamp with time zone NOT NULL, "accepted_at" timestamp with time zone NULL, "withdrawn_at" timestamp with time zone NULL, "authority_id" uuid NOT NULL, "invited_by_id" uuid NULL, "process_id" uuid NULL, CONSTRAINT "invitation_ends_one_way" CHECK (("accepted_at" IS NULL OR "withdrawn_at" IS NULL)), CONSTRAINT "invitation_expires_after" CHECK ("expires_at" > ("invited_at")));
ALTER TABLE "communities_invitation" ADD CONSTRAINT "communities_invitati_authority_id_ccea4e49_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_invitation" ADD CONSTRAINT "communities_invitati_invited_by_id_e5791f7d_fk_people_pe" FOREIGN KEY ("invited_by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_invitation" ADD CONSTRAINT "communities_invitation_process_id_70750df4_fk_thread_record_id" FOREIGN KEY ("process_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX "one_open_invitation" ON "communities_invitation" ("authority_id", "process_id", "role", (LOWER("email"))) NULLS NOT DISTINCT WHERE ("accepted_at" IS NULL AND "withdrawn_at" IS NULL);
CREATE INDEX "communities_invitation_secret_hash_88329a29_like" ON "communities_invitation" ("secret_hash" varchar_pattern_ops);
CREATE INDEX "communities_invitation_authority_id_ccea4e49" ON "communities_invitation" ("authority_id");
CREATE INDEX "communities_invitation_invited_by_id_e5791f7d" ON "communities_invitation" ("invited_by_id");
CREATE INDEX "communities_invitation_process_id_70750df4" ON "communities_invitation" ("process_id");
CREATE INDEX "invitations_of_authority" ON "communities_invitation" ("authority_id", "invited_at" DESC);
CREATE TABLE "communities_provisioningtoken" ("authority_id" uuid NOT NULL PRIMARY KEY, "secret_hash" varchar(64) NOT NULL, "made_at" timestamp with time zone NOT NULL);
ALTER TABLE "communities_provisioningtoken" ADD CONSTRAINT "communities_provisio_authority_id_53f9e02c_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE "communities_jointagreement" ("id" uuid NOT NULL PRIMARY KEY, "asked_at" timestamp with time zone NOT NULL, "agreed_at" timestamp with time zone NULL, "confirmed_at" timestamp with time zone NULL, "turns_15_on" date NULL, "authority_id" uuid NOT NULL, "child_id" uuid NOT NULL UNIQUE, "parent_id" uuid NOT NULL UNIQUE, "record_id" uuid NOT NULL, CONSTRAINT "a_parent_who_agrees_says_until_when" CHECK ((("agreed_at" IS NULL AND "turns_15_on" IS NULL) OR ("agreed_at" IS NOT NULL AND "turns_15_on" IS NOT NULL))), CONSTRAINT "a_child_confirms_after_her_parent" CHECK (("confirmed_at" IS NULL OR "agreed_at" IS NOT NULL)));
ALTER TABLE "communities_jointagreement" ADD CONSTRAINT "communities_jointagr_authority_id_dca8a6bd_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_jointagreement" ADD CONSTRAINT "communities_jointagr_child_id_d2f9f166_fk_people_pe" FOREIGN KEY ("child_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_jointagreement" ADD CONSTRAINT "communities_jointagr_parent_id_702e21d2_fk_people_pe" FOREIGN KEY ("parent_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_jointagreement" ADD CONSTRAINT "communities_jointagr_record_id_614a2fa9_fk_thread_re" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_jointagreement_authority_id_dca8a6bd" ON "communities_jointagreement" ("authority_id");
CREATE INDEX "communities_jointagreement_record_id_614a2fa9" ON "communities_jointagreement" ("record_id");
ALTER TABLE "communities_official" DROP CONSTRAINT "one_official_per_function";
ALTER TABLE "communities_official" ADD COLUMN "since" date NULL;
ALTER TABLE "communities_official" ADD COLUMN "until" date NULL;
CREATE UNIQUE INDEX "one_official_per_function" ON "communities_official" ("authority_id", "name", "function") WHERE "until" IS NULL;
ALTER TABLE "communities_official" ADD CONSTRAINT "an_office_ends_after_it_began" CHECK (("until" IS NULL OR "since" IS NULL OR "until" >= ("since")));
CREATE TABLE "communities_logo" ("authority_id" uuid NOT NULL PRIMARY KEY, "alternative" varchar(120) NOT NULL, "file_id" varchar(64) NOT NULL);
CREATE TABLE "communities_mailtrial" ("id" uuid NOT NULL PRIMARY KEY, "server" varchar(260) NOT NULL, "secret_hash" varchar(64) NOT NULL UNIQUE, "asked_at" timestamp with time zone NOT NULL, "outcome" varchar(10) NOT NULL, "answer" varchar(300) NOT NULL, "confirmed_at" timestamp with time zone NULL, "authority_id" uuid NOT NULL);
CREATE TABLE "communities_setaside" ("id" uuid NOT NULL PRIMARY KEY, "step" varchar(9) NOT NULL, "at" timestamp with time zone NOT NULL, "authority_id" uuid NOT NULL, "by_id" uuid NULL, CONSTRAINT "a_step_is_set_aside_once" UNIQUE ("authority_id", "step"));
ALTER TABLE "communities_logo" ADD CONSTRAINT "communities_logo_authority_id_1c06cfab_fk_thread_authority_id" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_logo" ADD CONSTRAINT "communities_logo_file_id_a102e7b5_fk_kernel_storedfile_sha256" FOREIGN KEY ("file_id") REFERENCES "kernel_storedfile" ("sha256") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_logo_file_id_a102e7b5" ON "communities_logo" ("file_id");
CREATE INDEX "communities_logo_file_id_a102e7b5_like" ON "communities_logo" ("file_id" varchar_pattern_ops);
ALTER TABLE "communities_mailtrial" ADD CONSTRAINT "communities_mailtria_authority_id_730293b1_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_mailtrial_secret_hash_580d26f8_like" ON "communities_mailtrial" ("secret_hash" varchar_pattern_ops);
CREATE INDEX "communities_mailtrial_authority_id_730293b1" ON "communities_mailtrial" ("authority_id");
CREATE INDEX "newest_mail_trial" ON "communities_mailtrial" ("authority_id", "asked_at" DESC);
ALTER TABLE "communities_setaside" ADD CONSTRAINT "communities_setaside_authority_id_a99b3379_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_setaside" ADD CONSTRAINT "communities_setaside_by_id_683b77ef_fk_people_person_id" FOREIGN KEY ("by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_setaside_authority_id_a99b3379" ON "communities_setaside" ("authority_id");
CREATE INDEX "communities_setaside_by_id_683b77ef" ON "communities_setaside" ("by_id");
CREATE TABLE "communities_revision" ("wording_id" uuid NOT NULL PRIMARY KEY, "function" varchar(200) NOT NULL, "revised_on" date NOT NULL);
CREATE TABLE "communities_electionreserve" ("id" uuid NOT NULL PRIMARY KEY, "election" varchar(120) NOT NULL, "votes_on" date NOT NULL, "opens_on" date NOT NULL, "closes_on" date NOT NULL, "authority_id" uuid NOT NULL);
CREATE TABLE "communities_oppositiongroup" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(120) NOT NULL, "act_on" date NOT NULL, "act_reference" varchar(120) NOT NULL, "authority_id" uuid NOT NULL);
CREATE TABLE "communities_oppositionmember" ("id" uuid NOT NULL PRIMARY KEY, "since" date NOT NULL, "until" date NULL, "group_id" uuid NOT NULL, "person_id" uuid NULL);
CREATE TABLE "communities_publication" ("record_id" uuid NOT NULL PRIMARY KEY, "slug" varchar(80) NOT NULL, "appears_at" timestamp with time zone NULL, "authority_id" uuid NOT NULL, "group_id" uuid NULL);
CREATE TABLE "communities_pageaddress" ("id" uuid NOT NULL PRIMARY KEY, "slug" varchar(80) NOT NULL, "authority_id" uuid NOT NULL, "page_id" uuid NOT NULL);
CREATE TABLE "communities_menuentry" ("id" uuid NOT NULL PRIMARY KEY, "menu" varchar(4) NOT NULL, "position" smallint NOT NULL, "authority_id" uuid NOT NULL, "page_id" uuid NOT NULL);
CREATE TABLE "communities_homeblock" ("id" uuid NOT NULL PRIMARY KEY, "block" varchar(8) NOT NULL, "position" smallint NOT NULL, "authority_id" uuid NOT NULL, "page_id" uuid NULL);
CREATE TABLE "communities_reserveexception" ("id" uuid NOT NULL PRIMARY KEY, "keeps" varchar(8) NOT NULL, "reason" text NOT NULL, "function" varchar(200) NOT NULL, "since" date NOT NULL, "until" date NULL, "reserve_id" uuid NOT NULL);
CREATE TABLE "communities_accessibilitydeclaration" ("id" uuid NOT NULL PRIMARY KEY, "version" smallint NOT NULL, "declared_on" date NOT NULL, "state" varchar(8) NOT NULL, "rate" smallint NULL, "audited_on" date NULL, "audited_by" varchar(200) NOT NULL, "gaps" text NOT NULL, "derogations" text NOT NULL, "technologies" text NOT NULL, "tested_with" text NOT NULL, "contact_email" varchar(254) NOT NULL, "contact_url" varchar(500) NOT NULL, "plan_url" varchar(500) NOT NULL, "authority_id" uuid NOT NULL, CONSTRAINT "one_declaration_per_version" UNIQUE ("authority_id", "version"), CONSTRAINT "a_declared_rate_comes_from_an_audit" CHECK ((("audited_by" = '' AND "audited_on" IS NULL AND "rate" IS NULL AND "state" = 'none') OR ("audited_on" IS NOT NULL AND "rate" BETWEEN 0 AND 100 AND NOT ("audited_by" = '')))), CONSTRAINT "a_declared_state_is_that_of_its_rate" CHECK (("state" = 'none' OR ("rate" >= 50 AND "state" = 'partial') OR ("rate" = 100 AND "state" = 'total'))));
ALTER TABLE "communities_electionreserve" ADD CONSTRAINT "a_reserve_opens_before_it_closes" CHECK ("opens_on" <= ("closes_on"));
ALTER TABLE "communities_electionreserve" ADD CONSTRAINT "one_reserve_per_vote" UNIQUE ("authority_id", "votes_on");
ALTER TABLE "communities_oppositiongroup" ADD CONSTRAINT "one_opposition_group_per_name" UNIQUE ("authority_id", "name");
CREATE UNIQUE INDEX "one_running_place_in_a_group" ON "communities_oppositionmember" ("group_id", "person_id") WHERE "until" IS NULL;
CREATE INDEX "publications_of_authority" ON "communities_publication" ("authority_id", "appears_at" DESC);
ALTER TABLE "communities_pageaddress" ADD CONSTRAINT "one_page_per_address" UNIQUE ("authority_id", "slug");
ALTER TABLE "communities_menuentry" ADD CONSTRAINT "a_menu_names_a_page_once" UNIQUE ("menu", "page_id");
ALTER TABLE "communities_homeblock" ADD CONSTRAINT "a_block_stands_once_at_home" UNIQUE ("authority_id", "block");
ALTER TABLE "communities_homeblock" ADD CONSTRAINT "a_page_block_names_its_page" CHECK ((("block" = 'page' AND "page_id" IS NOT NULL) OR (NOT ("block" = 'page') AND "page_id" IS NULL)));
CREATE UNIQUE INDEX "one_running_exception_of_a_kind" ON "communities_reserveexception" ("reserve_id", "keeps") WHERE "until" IS NULL;
create trigger opposition_group_is_insert_only before update or delete on communities_oppositiongroup
  for each row execute function refuse_change();
create trigger column_is_insert_only before update or delete on communities_publication
  for each row when (old.group_id is not null) execute function refuse_change();
create trigger page_address_is_insert_only before update or delete on communities_pageaddress
  for each row execute function refuse_change();
create trigger declaration_is_insert_only before update or delete on communities_accessibilitydeclaration
  for each row execute function refuse_change();
create trigger exception_is_never_deleted before delete on communities_reserveexception
  for each row execute function refuse_change();
create trigger exception_is_never_rewritten before update on communities_reserveexception
  for each row when (old.until is not null or (to_jsonb(old) - 'until') is distinct from (to_jsonb(new) - 'until'))
  execute function refuse_change();

create trigger column_is_never_hidden before update on thread_record
  for each row when (old.kind = 'column' and (
    (to_jsonb(old) - array['visibility', 'wording_id']) is distinct from
    (to_jsonb(new) - array['visibility', 'wording_id'])
    or (old.visibility is distinct from new.visibility
        and old.id::text is distinct from current_setting('democratic.moderates', true))
    or (old.wording_id is not null and old.wording_id is distinct from new.wording_id
        and old.id::text is distinct from current_setting('democratic.writes', true))))
  execute function refuse_change();
create trigger column_is_never_deleted before delete on thread_record
  for each row when (old.kind = 'column') execute function refuse_change();

create function refuse_touching_a_column() returns trigger language plpgsql as $$
begin
  if exists (select from thread_record r where r.kind = 'column'
             and r.id = case when tg_op = 'INSERT' then new.record_id else old.record_id end) then
    raise exception 'what a group of the opposition published stays' using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger column_is_never_withdrawn before insert on thread_withdrawal
  for each row execute function refuse_touching_a_column();
create trigger words_of_a_column_stay before update or delete on thread_wording
  for each row execute function refuse_touching_a_column();
ALTER TABLE "communities_revision" ADD CONSTRAINT "communities_revision_wording_id_f0a51a6d_fk_thread_wording_id" FOREIGN KEY ("wording_id") REFERENCES "thread_wording" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_electionreserve" ADD CONSTRAINT "communities_election_authority_id_a3b250f2_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_electionreserve_authority_id_a3b250f2" ON "communities_electionreserve" ("authority_id");
ALTER TABLE "communities_oppositiongroup" ADD CONSTRAINT "communities_oppositi_authority_id_8f03fd1a_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_oppositiongroup_authority_id_8f03fd1a" ON "communities_oppositiongroup" ("authority_id");
ALTER TABLE "communities_oppositionmember" ADD CONSTRAINT "communities_oppositi_group_id_920179a5_fk_communiti" FOREIGN KEY ("group_id") REFERENCES "communities_oppositiongroup" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_oppositionmember" ADD CONSTRAINT "communities_oppositi_person_id_c04e1805_fk_people_pe" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_oppositionmember_group_id_920179a5" ON "communities_oppositionmember" ("group_id");
CREATE INDEX "communities_oppositionmember_person_id_c04e1805" ON "communities_oppositionmember" ("person_id");
ALTER TABLE "communities_publication" ADD CONSTRAINT "communities_publication_record_id_384eeb69_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_publication" ADD CONSTRAINT "communities_publicat_authority_id_52ffb0d0_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_publication" ADD CONSTRAINT "communities_publicat_group_id_6b660d8d_fk_communiti" FOREIGN KEY ("group_id") REFERENCES "communities_oppositiongroup" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_publication_slug_172268b2" ON "communities_publication" ("slug");
CREATE INDEX "communities_publication_slug_172268b2_like" ON "communities_publication" ("slug" varchar_pattern_ops);
CREATE INDEX "communities_publication_authority_id_52ffb0d0" ON "communities_publication" ("authority_id");
CREATE INDEX "communities_publication_group_id_6b660d8d" ON "communities_publication" ("group_id");
ALTER TABLE "communities_pageaddress" ADD CONSTRAINT "communities_pageaddr_authority_id_92cfeff4_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_pageaddress" ADD CONSTRAINT "communities_pageaddr_page_id_f0d8ca9c_fk_communiti" FOREIGN KEY ("page_id") REFERENCES "communities_publication" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_pageaddress_slug_b1bdeb05" ON "communities_pageaddress" ("slug");
CREATE INDEX "communities_pageaddress_slug_b1bdeb05_like" ON "communities_pageaddress" ("slug" varchar_pattern_ops);
CREATE INDEX "communities_pageaddress_authority_id_92cfeff4" ON "communities_pageaddress" ("authority_id");
CREATE INDEX "communities_pageaddress_page_id_f0d8ca9c" ON "communities_pageaddress" ("page_id");
ALTER TABLE "communities_menuentry" ADD CONSTRAINT "communities_menuentr_authority_id_4b6f6053_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_menuentry" ADD CONSTRAINT "communities_menuentr_page_id_e46c650b_fk_communiti" FOREIGN KEY ("page_id") REFERENCES "communities_publication" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_menuentry_authority_id_4b6f6053" ON "communities_menuentry" ("authority_id");
CREATE INDEX "communities_menuentry_page_id_e46c650b" ON "communities_menuentry" ("page_id");
ALTER TABLE "communities_homeblock" ADD CONSTRAINT "communities_homebloc_authority_id_d8dd3f29_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_homeblock" ADD CONSTRAINT "communities_homebloc_page_id_1e3886ac_fk_communiti" FOREIGN KEY ("page_id") REFERENCES "communities_publication" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_homeblock_authority_id_d8dd3f29" ON "communities_homeblock" ("authority_id");
CREATE INDEX "communities_homeblock_page_id_1e3886ac" ON "communities_homeblock" ("page_id");
ALTER TABLE "communities_reserveexception" ADD CONSTRAINT "communities_reservee_reserve_id_d4054faf_fk_communiti" FOREIGN KEY ("reserve_id") REFERENCES "communities_electionreserve" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_reserveexception_reserve_id_d4054faf" ON "communities_reserveexception" ("reserve_id");
ALTER TABLE "communities_accessibilitydeclaration" ADD CONSTRAINT "communities_accessib_authority_id_d7c4896f_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_accessibilitydeclaration_authority_id_d7c4896f" ON "communities_accessibilitydeclaration" ("authority_id");
ALTER TABLE "communities_publication" ADD COLUMN "reread_on" date NULL;
CREATE TABLE "communities_filetakenoff" ("id" uuid NOT NULL PRIMARY KEY, "sha256" varchar(64) NOT NULL, "alternative" varchar(300) NOT NULL, "reason" text NOT NULL, "function" varchar(200) NOT NULL, "taken_off_on" date NOT NULL, "publication_id" uuid NOT NULL);
ALTER TABLE "communities_filetakenoff" ADD CONSTRAINT "communities_filetake_publication_id_2f417589_fk_communiti" FOREIGN KEY ("publication_id") REFERENCES "communities_publication" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_filetakenoff_publication_id_2f417589" ON "communities_filetakenoff" ("publication_id");
CREATE TABLE "communities_adoption" ("id" uuid NOT NULL PRIMARY KEY, "way" varchar(7) NOT NULL, "opened_on" date NOT NULL, "closes_on" date NOT NULL, "counted_on" date NULL, "members" integer NULL CHECK ("members" >= 0), "yes" integer NULL CHECK ("yes" >= 0), "no" integer NULL CHECK ("no" >= 0), "neither" integer NULL CHECK ("neither" >= 0), "is_adopted" boolean NULL);
CREATE TABLE "communities_house" ("organisation_id" uuid NOT NULL PRIMARY KEY, "is_youth" boolean NOT NULL, "answer_days" smallint NOT NULL CHECK ("answer_days" >= 0), "opened_on" date NOT NULL, "rights_until" date NOT NULL, "mandate" smallint NOT NULL CHECK ("mandate" >= 0), "mandate_since" date NOT NULL, "respondent_id" uuid NOT NULL, "service_id" uuid NOT NULL);
CREATE TABLE "communities_facilitator" ("id" uuid NOT NULL PRIMARY KEY, "function" varchar(120) NOT NULL, "since" date NOT NULL, "until" date NULL, "person_id" uuid NOT NULL, "house_id" uuid NOT NULL);
CREATE TABLE "communities_charter" ("id" uuid NOT NULL PRIMARY KEY, "version" integer NOT NULL CHECK ("version" >= 0), "state" varchar(8) NOT NULL, "language" varchar(8) NOT NULL, "way" varchar(7) NOT NULL, "role_months" smallint NOT NULL CHECK ("role_months" >= 0), "turns" varchar(8) NOT NULL, "votes_bind" boolean NOT NULL, "since" date NULL, "adoption_id" uuid NULL UNIQUE, "house_id" uuid NOT NULL);
ALTER TABLE "communities_adoption" ADD COLUMN "house_id" uuid NOT NULL CONSTRAINT "communities_adoption_house_id_f9690c6d_fk_communiti" REFERENCES "communities_house"("organisation_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "communities_adoption_house_id_f9690c6d_fk_communiti" IMMEDIATE;
CREATE TABLE "communities_housecode" ("link_id" uuid NOT NULL PRIMARY KEY, "label" varchar(80) NOT NULL, "uses" smallint NOT NULL CHECK ("uses" >= 0), "used" smallint NOT NULL CHECK ("used" >= 0), CONSTRAINT "a_code_serves_as_often_as_said" CHECK ("used" <= ("uses")));
CREATE TABLE "communities_housemember" ("id" uuid NOT NULL PRIMARY KEY, "number" integer NOT NULL CHECK ("number" >= 0), "name" varchar(40) NOT NULL, "entered_on" date NOT NULL, "house_id" uuid NOT NULL, "membership_id" uuid NOT NULL UNIQUE);
CREATE TABLE "communities_adoptionvoice" ("id" uuid NOT NULL PRIMARY KEY, "position" varchar(7) NOT NULL, "adoption_id" uuid NOT NULL, "member_id" uuid NOT NULL);
CREATE TABLE "communities_rightstep" ("id" uuid NOT NULL PRIMARY KEY, "right" varchar(8) NOT NULL, "ends_on" date NOT NULL, "given_up_on" date NULL, "charter_id" uuid NOT NULL);
CREATE TABLE "communities_roledraw" ("id" uuid NOT NULL PRIMARY KEY, "role" varchar(11) NOT NULL, "seed" varchar(80) NOT NULL, "announced_on" date NOT NULL, "draws_on" date NOT NULL, "drawn_on" date NULL, "house_id" uuid NOT NULL);
CREATE TABLE "communities_drawnumber" ("id" uuid NOT NULL PRIMARY KEY, "stands" boolean NOT NULL, "member_id" uuid NOT NULL, "draw_id" uuid NOT NULL);
CREATE TABLE "communities_roleterm" ("id" uuid NOT NULL PRIMARY KEY, "role" varchar(11) NOT NULL, "how" varchar(8) NOT NULL, "since" date NOT NULL, "until" date NOT NULL, "ended_on" date NULL, "left_word" text NOT NULL, "house_id" uuid NOT NULL, "member_id" uuid NOT NULL);
CREATE TABLE "communities_skill" ("id" uuid NOT NULL PRIMARY KEY, "right" varchar(8) NOT NULL, "asked_on" date NOT NULL, "confirmed_on" date NULL, "member_id" uuid NOT NULL);
CREATE TABLE "communities_skillword" ("id" uuid NOT NULL PRIMARY KEY, "said_on" date NOT NULL, "facilitator_id" uuid NULL, "member_id" uuid NULL, "skill_id" uuid NOT NULL);
CREATE TABLE "communities_charterarticle" ("id" uuid NOT NULL PRIMARY KEY, "rank" smallint NOT NULL CHECK ("rank" >= 0), "title" varchar(120) NOT NULL, "text" text NOT NULL, "charter_id" uuid NOT NULL, CONSTRAINT "one_article_per_rank" UNIQUE ("charter_id", "rank"));
ALTER TABLE "communities_house" ADD CONSTRAINT "a_house_is_answered_in_time" CHECK ("answer_days" BETWEEN 7 AND 180);
CREATE UNIQUE INDEX "one_running_facilitator" ON "communities_facilitator" ("house_id", "person_id") WHERE "until" IS NULL;
ALTER TABLE "communities_facilitator" ADD CONSTRAINT "a_facilitator_ends_after_it_began" CHECK (("until" IS NULL OR "until" >= ("since")));
ALTER TABLE "communities_charter" ADD CONSTRAINT "one_charter_per_version" UNIQUE ("house_id", "version");
CREATE UNIQUE INDEX "one_charter_being_written" ON "communities_charter" ("house_id") WHERE "state" IN ('draft', 'asked');
CREATE UNIQUE INDEX "one_charter_in_force" ON "communities_charter" ("house_id") WHERE "state" = 'in_force';
ALTER TABLE "communities_charter" ADD CONSTRAINT "roles_last_up_to_two_years" CHECK ("role_months" BETWEEN 1 AND 24);
ALTER TABLE "communities_adoption" ADD CONSTRAINT "adoption_closes_later" CHECK ("closes_on" >= ("opened_on"));
ALTER TABLE "communities_adoption" ADD CONSTRAINT "an_adoption_is_decided_when_counted" CHECK ((("counted_on" IS NULL AND "is_adopted" IS NULL) OR ("counted_on" IS NOT NULL AND "is_adopted" IS NOT NULL)));
ALTER TABLE "communities_housemember" ADD CONSTRAINT "one_number_per_member" UNIQUE ("house_id", "number");
ALTER TABLE "communities_adoptionvoice" ADD CONSTRAINT "one_voice_per_member_in_an_adoption" UNIQUE ("adoption_id", "member_id");
ALTER TABLE "communities_rightstep" ADD CONSTRAINT "one_step_per_right" UNIQUE ("charter_id", "right");
ALTER TABLE "communities_rightstep" ADD CONSTRAINT "a_right_is_only_given_up_sooner" CHECK (("given_up_on" IS NULL OR "given_up_on" < ("ends_on")));
CREATE UNIQUE INDEX "one_draw_at_a_time_for_a_role" ON "communities_roledraw" ("house_id", "role") WHERE "drawn_on" IS NULL;
ALTER TABLE "communities_roledraw" ADD CONSTRAINT "a_seed_is_read_before_the_draw" CHECK ("draws_on" > ("announced_on"));
ALTER TABLE "communities_drawnumber" ADD CONSTRAINT "one_number_in_a_draw" UNIQUE ("draw_id", "member_id");
CREATE INDEX "terms_of_house" ON "communities_roleterm" ("house_id", "until" DESC);
ALTER TABLE "communities_roleterm" ADD CONSTRAINT "a_role_ends_after_it_began" CHECK ("until" > ("since"));
ALTER TABLE "communities_skill" ADD CONSTRAINT "one_skill_of_a_kind" UNIQUE ("member_id", "right");
ALTER TABLE "communities_skillword" ADD CONSTRAINT "one_word_on_a_skill" UNIQUE NULLS NOT DISTINCT ("skill_id", "member_id", "facilitator_id");
ALTER TABLE "communities_skillword" ADD CONSTRAINT "a_skill_is_confirmed_by_one" CHECK ((("facilitator_id" IS NOT NULL AND "member_id" IS NULL) OR ("facilitator_id" IS NULL AND "member_id" IS NOT NULL)));
ALTER TABLE "communities_house" ADD CONSTRAINT "communities_house_organisation_id_5f87aef3_fk_communiti" FOREIGN KEY ("organisation_id") REFERENCES "communities_organisation" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_house" ADD CONSTRAINT "communities_house_respondent_id_6aca1593_fk_communiti" FOREIGN KEY ("respondent_id") REFERENCES "communities_official" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_house" ADD CONSTRAINT "communities_house_service_id_20689f0f_fk_communities_service_id" FOREIGN KEY ("service_id") REFERENCES "communities_service" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_house_respondent_id_6aca1593" ON "communities_house" ("respondent_id");
CREATE INDEX "communities_house_service_id_20689f0f" ON "communities_house" ("service_id");
ALTER TABLE "communities_facilitator" ADD CONSTRAINT "communities_facilitator_person_id_ff38bcfb_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_facilitator" ADD CONSTRAINT "communities_facilita_house_id_ecfcd03e_fk_communiti" FOREIGN KEY ("house_id") REFERENCES "communities_house" ("organisation_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_facilitator_person_id_ff38bcfb" ON "communities_facilitator" ("person_id");
ALTER TABLE "communities_charter" ADD CONSTRAINT "communities_charter_adoption_id_c3dd91b8_fk_communiti" FOREIGN KEY ("adoption_id") REFERENCES "communities_adoption" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_charter" ADD CONSTRAINT "communities_charter_house_id_b50934c5_fk_communiti" FOREIGN KEY ("house_id") REFERENCES "communities_house" ("organisation_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_adoption_house_id_f9690c6d" ON "communities_adoption" ("house_id");
ALTER TABLE "communities_housecode" ADD CONSTRAINT "communities_housecod_link_id_23af81fe_fk_communiti" FOREIGN KEY ("link_id") REFERENCES "communities_joinlink" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_housemember" ADD CONSTRAINT "communities_housemem_house_id_bfbe4fec_fk_communiti" FOREIGN KEY ("house_id") REFERENCES "communities_house" ("organisation_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_housemember" ADD CONSTRAINT "communities_housemem_membership_id_ea9874bb_fk_communiti" FOREIGN KEY ("membership_id") REFERENCES "communities_membership" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_adoptionvoice" ADD CONSTRAINT "communities_adoption_adoption_id_18b21694_fk_communiti" FOREIGN KEY ("adoption_id") REFERENCES "communities_adoption" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_adoptionvoice" ADD CONSTRAINT "communities_adoption_member_id_74639f22_fk_communiti" FOREIGN KEY ("member_id") REFERENCES "communities_housemember" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_adoptionvoice_member_id_74639f22" ON "communities_adoptionvoice" ("member_id");
ALTER TABLE "communities_rightstep" ADD CONSTRAINT "communities_rightste_charter_id_ba30e08b_fk_communiti" FOREIGN KEY ("charter_id") REFERENCES "communities_charter" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_roledraw" ADD CONSTRAINT "communities_roledraw_house_id_a93fc02f_fk_communiti" FOREIGN KEY ("house_id") REFERENCES "communities_house" ("organisation_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_drawnumber" ADD CONSTRAINT "communities_drawnumb_member_id_eab31c42_fk_communiti" FOREIGN KEY ("member_id") REFERENCES "communities_housemember" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_drawnumber" ADD CONSTRAINT "communities_drawnumb_draw_id_4e8acbd8_fk_communiti" FOREIGN KEY ("draw_id") REFERENCES "communities_roledraw" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_drawnumber_member_id_eab31c42" ON "communities_drawnumber" ("member_id");
ALTER TABLE "communities_roleterm" ADD CONSTRAINT "communities_roleterm_house_id_80a7a84d_fk_communiti" FOREIGN KEY ("house_id") REFERENCES "communities_house" ("organisation_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_roleterm" ADD CONSTRAINT "communities_roleterm_member_id_cbd1b40e_fk_communiti" FOREIGN KEY ("member_id") REFERENCES "communities_housemember" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_roleterm_member_id_cbd1b40e" ON "communities_roleterm" ("member_id");
ALTER TABLE "communities_skill" ADD CONSTRAINT "communities_skill_member_id_3b18aa47_fk_communiti" FOREIGN KEY ("member_id") REFERENCES "communities_housemember" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_skillword" ADD CONSTRAINT "communities_skillwor_facilitator_id_c1c02f1e_fk_communiti" FOREIGN KEY ("facilitator_id") REFERENCES "communities_facilitator" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_skillword" ADD CONSTRAINT "communities_skillwor_member_id_42017893_fk_communiti" FOREIGN KEY ("member_id") REFERENCES "communities_housemember" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "communities_skillword" ADD CONSTRAINT "communities_skillword_skill_id_9930db53_fk_communities_skill_id" FOREIGN KEY ("skill_id") REFERENCES "communities_skill" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "communities_skillword_facilitator_id_c1c02f1e" ON "communities_skillword" ("facilitator_id");
CREATE INDEX "communities_skillword_member_id_42017893" ON "communities_skillword" ("member_id");
ALTER TABLE "communities_charterarticle" ADD CONSTRAINT "communities_chartera_charter_id_43f5d19f_fk_communiti" FOREIGN KEY ("charter_id") REFERENCES "communities_charter" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "kernel_storedfile" ADD COLUMN "lacks" varchar(40) DEFAULT '' NOT NULL;
ALTER TABLE "kernel_storedfile" ADD COLUMN "seconds" integer NULL;
CREATE INDEX "record_to_group" ON "thread_record" ("process_id", "happened_at", "id") INCLUDE ("state") WHERE ("kind" = 'idea' AND "theme_id" IS NULL AND "visibility" = 'public');
ALTER TABLE "thread_recordfigures" ADD COLUMN "verified" integer NULL;
ALTER TABLE "thread_support" ADD COLUMN "is_verified" boolean NULL;
CREATE TABLE "messaging_outgoingmessage" ("id" uuid NOT NULL PRIMARY KEY, "purpose" varchar(40) NOT NULL, "subject" varchar(200) NOT NULL, "body" text NOT NULL, "state" varchar(8) NOT NULL, "reason" varchar(300) NOT NULL, "attempts" smallint NOT NULL, "created_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "sent_at" timestamp with time zone NULL, "address_id" uuid NOT NULL);
ALTER TABLE "messaging_outgoingmessage" ADD CONSTRAINT "messaging_outgoingme_address_id_095a61ef_fk_people_co" FOREIGN KEY ("address_id") REFERENCES "people_contactaddress" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "messaging_outgoingmessage_address_id_095a61ef" ON "messaging_outgoingmessage" ("address_id");
ALTER TABLE "messaging_outgoingmessage" ADD COLUMN "entry_id" uuid NOT NULL CONSTRAINT "messaging_outgoingmessage_entry_id_0f721a45_fk_thread_entry_id" REFERENCES "thread_entry"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "messaging_outgoingmessage_entry_id_0f721a45_fk_thread_entry_id" IMMEDIATE;
CREATE INDEX "messages_to_send" ON "messaging_outgoingmessage" ("created_at") WHERE "state" = 'queued';
ALTER TABLE "messaging_outgoingmessage" ADD CONSTRAINT "one_message_per_purpose" UNIQUE ("entry_id", "address_id", "purpose");
ALTER TABLE "messaging_outgoingmessage" DROP CONSTRAINT "one_message_per_purpose";
SET CONSTRAINTS "messaging_outgoingmessage_entry_id_0f721a45_fk_thread_entry_id" IMMEDIATE; ALTER TABLE "messaging_outgoingmessage" DROP CONSTRAINT "messaging_outgoingmessage_entry_id_0f721a45_fk_thread_entry_id";
ALTER TABLE "messaging_outgoingmessage" ALTER COLUMN "entry_id" DROP NOT NULL;
ALTER TABLE "messaging_outgoingmessage" ADD CONSTRAINT "messaging_outgoingmessage_entry_id_0f721a45_fk_thread_entry_id" FOREIGN KEY ("entry_id") REFERENCES "thread_entry" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "messaging_outgoingmessage" ADD CONSTRAINT "one_message_per_purpose" UNIQUE NULLS NOT DISTINCT ("entry_id", "address_id", "purpose");
ALTER TABLE "messaging_outgoingmessage" ADD COLUMN "authority_id" uuid NULL CONSTRAINT "messaging_outgoingme_authority_id_089404c1_fk_thread_au" REFERENCES "thread_authority"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "messaging_outgoingme_authority_id_089404c1_fk_thread_au" IMMEDIATE;
update messaging_outgoingmessage m set authority_id = coalesce(
  (select e.authority_id from thread_entry e where e.id = m.entry_id),
  (select a.id from thread_authority a order by a.id limit 1));
SET CONSTRAINTS "messaging_outgoingme_authority_id_089404c1_fk_thread_au" IMMEDIATE; ALTER TABLE "messaging_outgoingmessage" DROP CONSTRAINT "messaging_outgoingme_authority_id_089404c1_fk_thread_au";
ALTER TABLE "messaging_outgoingmessage" ALTER COLUMN "authority_id" SET NOT NULL;
ALTER TABLE "messaging_outgoingmessage" ADD CONSTRAINT "messaging_outgoingme_authority_id_089404c1_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "messaging_outgoingmessage_authority_id_089404c1" ON "messaging_outgoingmessage" ("authority_id");
ALTER TABLE "messaging_outgoingmessage" ADD COLUMN "in_reply_to" varchar(250) DEFAULT '' NOT NULL;
ALTER TABLE "messaging_outgoingmessage" ADD COLUMN "reply_to" varchar(254) DEFAULT '' NOT NULL;
CREATE TABLE "messaging_channeluse" ("id" uuid NOT NULL PRIMARY KEY, "kind" varchar(10) NOT NULL, "decision" text NOT NULL, "decided_by" varchar(200) NOT NULL, "decided_on" date NULL, "is_open" boolean NOT NULL, "limits" jsonb NOT NULL, "quiet_from" smallint NOT NULL, "quiet_until" smallint NOT NULL, "weekly_cap" smallint NOT NULL, "slot_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "proved_at" timestamp with time zone NULL, "cursor" varchar(500) NOT NULL);
CREATE TABLE "messaging_correspondent" ("id" uuid NOT NULL PRIMARY KEY, "kind" varchar(10) NOT NULL, "address" varchar(1000) NOT NULL, "address_print" varchar(64) NOT NULL, "language" varchar(5) NOT NULL, "is_told" boolean NOT NULL, "heard_at" timestamp with time zone NOT NULL, "stopped_at" timestamp with time zone NULL, "gone_at" timestamp with time zone NULL, "is_leaving" boolean NOT NULL);
CREATE TABLE "messaging_incomingmessage" ("id" uuid NOT NULL PRIMARY KEY, "kind" varchar(10) NOT NULL, "external_id" varchar(250) NOT NULL, "address" varchar(1000) NOT NULL, "text" text NOT NULL, "choice" varchar(90) NOT NULL, "media" jsonb NOT NULL, "language" varchar(5) NOT NULL, "shard" smallint NOT NULL, "state" varchar(8) NOT NULL, "reason" varchar(300) NOT NULL, "attempts" smallint NOT NULL, "received_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL);
ALTER TABLE "messaging_outgoingmessage" DROP CONSTRAINT "one_message_per_purpose";
ALTER TABLE "messaging_outgoingmessage" ADD COLUMN "buttons" jsonb DEFAULT '[]'::jsonb NOT NULL;
ALTER TABLE "messaging_outgoingmessage" ADD COLUMN "is_first" boolean DEFAULT false NOT NULL;
ALTER TABLE "messaging_outgoingmessage" ADD COLUMN "not_before" timestamp with time zone NULL;
SET CONSTRAINTS "messaging_outgoingme_address_id_095a61ef_fk_people_co" IMMEDIATE; ALTER TABLE "messaging_outgoingmessage" DROP CONSTRAINT "messaging_outgoingme_address_id_095a61ef_fk_people_co";
ALTER TABLE "messaging_outgoingmessage" ALTER COLUMN "address_id" DROP NOT NULL;
ALTER TABLE "messaging_outgoingmessage" ADD CONSTRAINT "messaging_outgoingme_address_id_095a61ef_fk_people_co" FOREIGN KEY ("address_id") REFERENCES "people_contactaddress" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "messaging_channeluse" ADD COLUMN "authority_id" uuid NOT NULL CONSTRAINT "messaging_channeluse_authority_id_4f857aee_fk_thread_au" REFERENCES "thread_authority"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "messaging_channeluse_authority_id_4f857aee_fk_thread_au" IMMEDIATE;
ALTER TABLE "messaging_correspondent" ADD COLUMN "authority_id" uuid NOT NULL CONSTRAINT "messaging_correspond_authority_id_d2afcc12_fk_thread_au" REFERENCES "thread_authority"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "messaging_correspond_authority_id_d2afcc12_fk_thread_au" IMMEDIATE;
ALTER TABLE "messaging_correspondent" ADD COLUMN "person_id" uuid NOT NULL CONSTRAINT "messaging_correspondent_person_id_f71353ab_fk_people_person_id" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "messaging_correspondent_person_id_f71353ab_fk_people_person_id" IMMEDIATE;
ALTER TABLE "messaging_outgoingmessage" ADD COLUMN "correspondent_id" uuid NULL CONSTRAINT "messaging_outgoingme_correspondent_id_40ef09c6_fk_messaging" REFERENCES "messaging_correspondent"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "messaging_outgoingme_correspondent_id_40ef09c6_fk_messaging" IMMEDIATE;
CREATE INDEX "messages_of_correspondent" ON "messaging_outgoingmessage" ("correspondent_id", "created_at" DESC) WHERE "correspondent_id" IS NOT NULL;
ALTER TABLE "messaging_outgoingmessage" ADD CONSTRAINT "one_message_per_purpose" UNIQUE NULLS NOT DISTINCT ("entry_id", "address_id", "correspondent_id", "purpose");
ALTER TABLE "messaging_outgoingmessage" ADD CONSTRAINT "a_message_goes_to_someone" CHECK ((("address_id" IS NULL OR "correspondent_id" IS NULL) AND 1 = (CASE WHEN "address_id" IS NULL THEN 1 ELSE 0 END + CASE WHEN "correspondent_id" IS NULL THEN 1 ELSE 0 END)));
ALTER TABLE "messaging_incomingmessage" ADD COLUMN "authority_id" uuid NOT NULL CONSTRAINT "messaging_incomingme_authority_id_06fc9a1a_fk_thread_au" REFERENCES "thread_authority"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "messaging_incomingme_authority_id_06fc9a1a_fk_thread_au" IMMEDIATE;
ALTER TABLE "messaging_channeluse" ADD CONSTRAINT "one_use_per_channel" UNIQUE ("authority_id", "kind");
ALTER TABLE "messaging_channeluse" ADD CONSTRAINT "no_channel_without_its_decision" CHECK ((NOT "is_open" OR (NOT ("decision" = '') AND "decided_on" IS NOT NULL)));
ALTER TABLE "messaging_channeluse" ADD CONSTRAINT "channel_hours_are_hours" CHECK (("quiet_from" BETWEEN 12 AND 24 AND "quiet_until" BETWEEN 0 AND 12 AND "weekly_cap" >= 1));
CREATE UNIQUE INDEX "one_correspondent_per_address" ON "messaging_correspondent" ("authority_id", "kind", "address_print") WHERE "gone_at" IS NULL;
CREATE INDEX "incoming_to_carry_out" ON "messaging_incomingmessage" ("shard", "id") WHERE "state" = 'waiting';
ALTER TABLE "messaging_incomingmessage" ADD CONSTRAINT "one_incoming_message_per_name" UNIQUE ("authority_id", "kind", "external_id");
CREATE INDEX "messaging_channeluse_authority_id_4f857aee" ON "messaging_channeluse" ("authority_id");
CREATE INDEX "messaging_correspondent_authority_id_d2afcc12" ON "messaging_correspondent" ("authority_id");
CREATE INDEX "messaging_correspondent_person_id_f71353ab" ON "messaging_correspondent" ("person_id");
CREATE INDEX "messaging_incomingmessage_authority_id_06fc9a1a" ON "messaging_incomingmessage" ("authority_id");
ALTER TABLE "messaging_correspondent" ADD COLUMN "heard_name" varchar(250) DEFAULT '' NOT NULL;
ALTER TABLE "messaging_correspondent" ADD COLUMN "mailbox_print" varchar(64) DEFAULT '' NOT NULL;
CREATE INDEX "correspondents_of_mailbox" ON "messaging_correspondent" ("mailbox_print") WHERE NOT ("mailbox_print" = '');
CREATE INDEX "incoming_held_of_address" ON "messaging_incomingmessage" ("authority_id", "kind", "address") WHERE "state" = 'held';
CREATE INDEX "messages_to_carry" ON "messaging_outgoingmessage" ("authority_id", "id") WHERE ("correspondent_id" IS NOT NULL AND "state" = 'queued');
ALTER TABLE "messaging_outgoingmessage" ADD COLUMN "delivered_at" timestamp with time zone NULL;
ALTER TABLE "messaging_outgoingmessage" ADD COLUMN "template" jsonb NULL;
ALTER TABLE "messaging_correspondent" ALTER COLUMN "heard_at" DROP NOT NULL;
CREATE TABLE "messaging_messagetemplate" ("id" uuid NOT NULL PRIMARY KEY, "kind" varchar(10) NOT NULL, "name" varchar(120) NOT NULL, "language" varchar(8) NOT NULL, "text" text NOT NULL, "parameters" jsonb NOT NULL, "retired_at" timestamp with time zone NULL, "authority_id" uuid NOT NULL, CONSTRAINT "one_template_per_name_and_language" UNIQUE ("authority_id", "kind", "name", "language"));
ALTER TABLE "messaging_messagetemplate" ADD CONSTRAINT "messaging_messagetem_authority_id_29ed27d2_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "messaging_incomingmessage" ADD COLUMN "name" varchar(250) DEFAULT '' NOT NULL;
ALTER TABLE "messaging_outgoingmessage" ADD COLUMN "claimed_at" timestamp with time zone NULL;
CREATE TABLE "mfa_authenticator" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "type" varchar(20) NOT NULL, "data" jsonb NOT NULL, "user_id" uuid NOT NULL);
ALTER TABLE "mfa_authenticator" ADD CONSTRAINT "mfa_authenticator_user_id_type_798d27ea_uniq" UNIQUE ("user_id", "type");
ALTER TABLE "mfa_authenticator" ADD CONSTRAINT "mfa_authenticator_user_id_0c3a50c0_fk_people_account_id" FOREIGN KEY ("user_id") REFERENCES "people_account" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "mfa_authenticator_user_id_0c3a50c0" ON "mfa_authenticator" ("user_id");
ALTER TABLE "mfa_authenticator" ADD COLUMN "created_at" timestamp with time zone DEFAULT now() NOT NULL;
ALTER TABLE "mfa_authenticator" ALTER COLUMN "created_at" DROP DEFAULT;
ALTER TABLE "mfa_authenticator" ADD COLUMN "last_used_at" timestamp with time zone NULL;
ALTER TABLE "mfa_authenticator" DROP CONSTRAINT "mfa_authenticator_user_id_type_798d27ea_uniq";
CREATE UNIQUE INDEX "unique_authenticator_type" ON "mfa_authenticator" ("user_id", "type") WHERE "type" IN ('totp', 'recovery_codes');
CREATE TABLE "participation_decision" ("record_id" uuid NOT NULL PRIMARY KEY, "decided_on" date NOT NULL, "reference" varchar(120) NOT NULL, "body" varchar(160) NOT NULL, "url" varchar(500) NOT NULL, "votes_for" integer NULL, "votes_against" integer NULL, "abstentions" integer NULL);
CREATE TABLE "participation_commitment" ("record_id" uuid NOT NULL PRIMARY KEY, "cost_cents" bigint NULL, "service_id" uuid NOT NULL, "decision_id" uuid NOT NULL);
CREATE TABLE "participation_action" ("record_id" uuid NOT NULL PRIMARY KEY, "cost_cents" bigint NULL, "service_id" uuid NOT NULL, "commitment_id" uuid NOT NULL);
CREATE TABLE "participation_mandate" ("record_id" uuid NOT NULL PRIMARY KEY, "ordered_by" varchar(200) NOT NULL, "ordered_on" date NOT NULL, "vote" varchar(200) NOT NULL, "decidable" text NOT NULL, "not_decidable" text NOT NULL, "level" varchar(10) NOT NULL, "budget_cents" bigint NULL, "aimed_at" varchar(200) NOT NULL, "answer_due_on" date NOT NULL, "answerer_id" uuid NOT NULL, "service_id" uuid NOT NULL);
CREATE TABLE "participation_obligation" ("id" uuid NOT NULL PRIMARY KEY, "owed" varchar(12) NOT NULL, "first_due_on" date NOT NULL, "due_on" date NOT NULL, "met_on" date NULL, "ended_on" date NULL, "record_id" uuid NOT NULL, "service_id" uuid NOT NULL);
CREATE TABLE "participation_postponement" ("id" uuid NOT NULL PRIMARY KEY, "previous_on" date NOT NULL, "new_on" date NOT NULL, "reason" text NOT NULL, "function" varchar(200) NOT NULL, "postponed_on" date NOT NULL, "obligation_id" uuid NOT NULL);
CREATE TABLE "participation_process" ("record_id" uuid NOT NULL PRIMARY KEY, "slug" varchar(80) NOT NULL, "template" varchar(40) NOT NULL, "uses_tu" boolean NOT NULL, "asks" text NOT NULL, "use_of_input" text NOT NULL, "not_negotiable" text NOT NULL, "authority_id" uuid NOT NULL, "mandate_id" uuid NOT NULL);
CREATE TABLE "participation_meeting" ("record_id" uuid NOT NULL PRIMARY KEY, "starts_at" timestamp with time zone NOT NULL, "ends_at" timestamp with time zone NOT NULL, "place" varchar(160) NOT NULL, "access" varchar(200) NOT NULL, "seats" jsonb NOT NULL, "present" jsonb NOT NULL, "process_id" uuid NOT NULL);
CREATE TABLE "participation_idea" ("record_id" uuid NOT NULL PRIMARY KEY, "age_band" varchar(10) NOT NULL, "inadmissible_reason" text NOT NULL, "process_id" uuid NOT NULL);
ALTER TABLE "participation_decision" ADD COLUMN "process_id" uuid NOT NULL CONSTRAINT "participation_decisi_process_id_49241ddd_fk_participa" REFERENCES "participation_process"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_decisi_process_id_49241ddd_fk_participa" IMMEDIATE;
CREATE TABLE "participation_debate" ("record_id" uuid NOT NULL PRIMARY KEY, "is_stub" boolean NOT NULL, "process_id" uuid NOT NULL);
ALTER TABLE "participation_commitment" ADD COLUMN "process_id" uuid NOT NULL CONSTRAINT "participation_commit_process_id_bb4face1_fk_participa" REFERENCES "participation_process"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_commit_process_id_bb4face1_fk_participa" IMMEDIATE;
CREATE TABLE "participation_answer" ("record_id" uuid NOT NULL PRIMARY KEY, "verdict" varchar(8) NOT NULL, "passed_to" varchar(160) NOT NULL, "signed_name" varchar(120) NOT NULL, "signed_function" varchar(160) NOT NULL, "signed_at" timestamp with time zone NULL, "is_by_delegation" boolean NOT NULL, "is_current" boolean NOT NULL, "signer_id" uuid NOT NULL, "subject_id" uuid NOT NULL, "process_id" uuid NOT NULL);
CREATE TABLE "participation_stage" ("id" uuid NOT NULL PRIMARY KEY, "step" varchar(10) NOT NULL, "rank" smallint NOT NULL, "first_opens_on" date NOT NULL, "first_closes_on" date NOT NULL, "opens_at" timestamp with time zone NOT NULL, "closes_at" timestamp with time zone NOT NULL, "done_on" date NULL, "late_reason" varchar(300) NOT NULL, "allows" jsonb NOT NULL, "note" varchar(200) NOT NULL, "process_id" uuid NOT NULL);
CREATE TABLE "participation_theme" ("record_id" uuid NOT NULL PRIMARY KEY, "rank" smallint NOT NULL, "process_id" uuid NOT NULL);
CREATE TABLE "participation_evidence" ("record_id" uuid NOT NULL PRIMARY KEY, "url" varchar(500) NOT NULL, "file_alt" varchar(300) NOT NULL, "file_id" varchar(64) NULL, "subject_id" uuid NOT NULL, CONSTRAINT "evidence_shows_something" CHECK ((NOT ("url" = '') OR "file_id" IS NOT NULL)));
ALTER TABLE "participation_mandate" ADD CONSTRAINT "mandate_budget_not_negative" CHECK (("budget_cents" IS NULL OR "budget_cents" >= 0));
ALTER TABLE "participation_mandate" ADD CONSTRAINT "mandate_answer_after_order" CHECK ("answer_due_on" >= ("ordered_on"));
CREATE INDEX "obligations_open" ON "participation_obligation" ("service_id", "due_on") WHERE ("ended_on" IS NULL AND "met_on" IS NULL);
ALTER TABLE "participation_obligation" ADD CONSTRAINT "one_obligation_per_kind" UNIQUE ("record_id", "owed");
ALTER TABLE "participation_postponement" ADD CONSTRAINT "postponed_to_a_later_day" CHECK ("new_on" > ("previous_on"));
ALTER TABLE "participation_process" ADD CONSTRAINT "one_process_per_slug" UNIQUE ("authority_id", "slug");
ALTER TABLE "participation_meeting" ADD CONSTRAINT "meeting_ends_later" CHECK ("ends_at" > ("starts_at"));
CREATE UNIQUE INDEX "one_current_answer_per_subject" ON "participation_answer" ("subject_id") WHERE "is_current";
ALTER TABLE "participation_answer" ADD CONSTRAINT "passed_on_to_someone" CHECK ((NOT ("verdict" = 'passed') OR NOT ("passed_to" = '')));
ALTER TABLE "participation_stage" ADD CONSTRAINT "one_stage_per_step" UNIQUE ("process_id", "step");
ALTER TABLE "participation_stage" ADD CONSTRAINT "stage_closes_after_it_opens" CHECK ("closes_at" > ("opens_at"));
ALTER TABLE "participation_decision" ADD CONSTRAINT "participation_decision_record_id_83db2eec_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_commitment" ADD CONSTRAINT "participation_commitment_record_id_cacefc0b_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_commitment" ADD CONSTRAINT "participation_commit_service_id_bce7b3a9_fk_communiti" FOREIGN KEY ("service_id") REFERENCES "communities_service" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_commitment" ADD CONSTRAINT "participation_commit_decision_id_1119b835_fk_participa" FOREIGN KEY ("decision_id") REFERENCES "participation_decision" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_commitment_service_id_bce7b3a9" ON "participation_commitment" ("service_id");
CREATE INDEX "participation_commitment_decision_id_1119b835" ON "participation_commitment" ("decision_id");
ALTER TABLE "participation_action" ADD CONSTRAINT "participation_action_record_id_2cda4380_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_action" ADD CONSTRAINT "participation_action_service_id_b73fa20c_fk_communiti" FOREIGN KEY ("service_id") REFERENCES "communities_service" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_action" ADD CONSTRAINT "participation_action_commitment_id_228ceb5f_fk_participa" FOREIGN KEY ("commitment_id") REFERENCES "participation_commitment" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_action_service_id_b73fa20c" ON "participation_action" ("service_id");
CREATE INDEX "participation_action_commitment_id_228ceb5f" ON "participation_action" ("commitment_id");
ALTER TABLE "participation_mandate" ADD CONSTRAINT "participation_mandate_record_id_8dba86b8_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_mandate" ADD CONSTRAINT "participation_mandat_answerer_id_a099fa32_fk_communiti" FOREIGN KEY ("answerer_id") REFERENCES "communities_official" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_mandate" ADD CONSTRAINT "participation_mandat_service_id_45a6850c_fk_communiti" FOREIGN KEY ("service_id") REFERENCES "communities_service" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_mandate_answerer_id_a099fa32" ON "participation_mandate" ("answerer_id");
CREATE INDEX "participation_mandate_service_id_45a6850c" ON "participation_mandate" ("service_id");
ALTER TABLE "participation_obligation" ADD CONSTRAINT "participation_obligation_record_id_e9b5c55c_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_obligation" ADD CONSTRAINT "participation_obliga_service_id_3f26256f_fk_communiti" FOREIGN KEY ("service_id") REFERENCES "communities_service" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_obligation_service_id_3f26256f" ON "participation_obligation" ("service_id");
ALTER TABLE "participation_postponement" ADD CONSTRAINT "participation_postpo_obligation_id_f4a4e92d_fk_participa" FOREIGN KEY ("obligation_id") REFERENCES "participation_obligation" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_postponement_obligation_id_f4a4e92d" ON "participation_postponement" ("obligation_id");
ALTER TABLE "participation_process" ADD CONSTRAINT "participation_process_record_id_00c0c605_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_process" ADD CONSTRAINT "participation_proces_authority_id_3db2e654_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_process" ADD CONSTRAINT "participation_proces_mandate_id_0c4dfed6_fk_participa" FOREIGN KEY ("mandate_id") REFERENCES "participation_mandate" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_process_slug_3719f340" ON "participation_process" ("slug");
CREATE INDEX "participation_process_slug_3719f340_like" ON "participation_process" ("slug" varchar_pattern_ops);
CREATE INDEX "participation_process_authority_id_3db2e654" ON "participation_process" ("authority_id");
CREATE INDEX "participation_process_mandate_id_0c4dfed6" ON "participation_process" ("mandate_id");
ALTER TABLE "participation_meeting" ADD CONSTRAINT "participation_meeting_record_id_02827c25_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_meeting" ADD CONSTRAINT "participation_meetin_process_id_772813fe_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_meeting_process_id_772813fe" ON "participation_meeting" ("process_id");
ALTER TABLE "participation_idea" ADD CONSTRAINT "participation_idea_record_id_deece780_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_idea" ADD CONSTRAINT "participation_idea_process_id_4a2d927d_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_idea_process_id_4a2d927d" ON "participation_idea" ("process_id");
CREATE INDEX "participation_decision_process_id_49241ddd" ON "participation_decision" ("process_id");
ALTER TABLE "participation_debate" ADD CONSTRAINT "participation_debate_record_id_d6fb9b53_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_debate" ADD CONSTRAINT "participation_debate_process_id_7818e46b_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_debate_process_id_7818e46b" ON "participation_debate" ("process_id");
CREATE INDEX "participation_commitment_process_id_bb4face1" ON "participation_commitment" ("process_id");
ALTER TABLE "participation_answer" ADD CONSTRAINT "participation_answer_record_id_2d2d1bbf_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_answer" ADD CONSTRAINT "participation_answer_signer_id_ceb56d60_fk_communiti" FOREIGN KEY ("signer_id") REFERENCES "communities_official" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_answer" ADD CONSTRAINT "participation_answer_subject_id_bba3a81b_fk_thread_record_id" FOREIGN KEY ("subject_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_answer" ADD CONSTRAINT "participation_answer_process_id_3632b0d5_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_answer_signer_id_ceb56d60" ON "participation_answer" ("signer_id");
CREATE INDEX "participation_answer_subject_id_bba3a81b" ON "participation_answer" ("subject_id");
CREATE INDEX "participation_answer_process_id_3632b0d5" ON "participation_answer" ("process_id");
ALTER TABLE "participation_stage" ADD CONSTRAINT "participation_stage_process_id_78076437_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_stage_process_id_78076437" ON "participation_stage" ("process_id");
ALTER TABLE "participation_theme" ADD CONSTRAINT "participation_theme_record_id_2cadea52_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_theme" ADD CONSTRAINT "participation_theme_process_id_61977ad9_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_theme_process_id_61977ad9" ON "participation_theme" ("process_id");
ALTER TABLE "participation_evidence" ADD CONSTRAINT "participation_evidence_record_id_0a4ec6dd_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_evidence" ADD CONSTRAINT "participation_eviden_file_id_c90275fd_fk_kernel_st" FOREIGN KEY ("file_id") REFERENCES "kernel_storedfile" ("sha256") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_evidence" ADD CONSTRAINT "participation_evidence_subject_id_58f91fad_fk_thread_record_id" FOREIGN KEY ("subject_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_evidence_file_id_c90275fd" ON "participation_evidence" ("file_id");
CREATE INDEX "participation_evidence_file_id_c90275fd_like" ON "participation_evidence" ("file_id" varchar_pattern_ops);
CREATE INDEX "participation_evidence_subject_id_58f91fad" ON "participation_evidence" ("subject_id");
ALTER TABLE "participation_idea" DROP COLUMN "inadmissible_reason" CASCADE;
ALTER TABLE "participation_evidence" DROP CONSTRAINT "evidence_shows_something";
set constraints all immediate;
SET CONSTRAINTS "participation_eviden_file_id_c90275fd_fk_kernel_st" IMMEDIATE; ALTER TABLE "participation_evidence" DROP CONSTRAINT "participation_eviden_file_id_c90275fd_fk_kernel_st";
ALTER TABLE "participation_evidence" DROP COLUMN "file_id" CASCADE;
ALTER TABLE "participation_evidence" DROP COLUMN "file_alt" CASCADE;
CREATE TABLE "participation_classsession" ("id" uuid NOT NULL PRIMARY KEY, "code" varchar(8) NOT NULL UNIQUE, "byline" varchar(60) NOT NULL, "seats" smallint NOT NULL, "taken" smallint NOT NULL, "opened_at" timestamp with time zone NOT NULL, "closes_at" timestamp with time zone NOT NULL, "process_id" uuid NOT NULL, CONSTRAINT "no_more_pupils_than_seats" CHECK (("seats" >= 1 AND "taken" >= 0 AND "taken" <= ("seats"))), CONSTRAINT "class_closes_after_it_opens" CHECK ("closes_at" >= ("opened_at")));
ALTER TABLE "participation_classsession" ADD CONSTRAINT "participation_classs_process_id_c9fcfd1c_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_classsession_code_a4ef7675_like" ON "participation_classsession" ("code" varchar_pattern_ops);
CREATE INDEX "participation_classsession_process_id_c9fcfd1c" ON "participation_classsession" ("process_id");
CREATE TABLE "observatory_observatory" ("record_id" uuid NOT NULL PRIMARY KEY, "choosing" varchar(4) NOT NULL, "mandate_months" smallint NOT NULL, "act_on" date NOT NULL, "act_reference" varchar(120) NOT NULL, "act_url" varchar(500) NOT NULL, "authority_id" uuid NOT NULL, "body_id" uuid NOT NULL);
CREATE TABLE "observatory_verdict" ("record_id" uuid NOT NULL PRIMARY KEY, "version" smallint NOT NULL, "says" varchar(6) NOT NULL, "authority_said" varchar(12) NOT NULL, "decided_on" date NOT NULL, "votes_for" smallint NOT NULL, "votes_against" smallint NOT NULL, "abstentions" smallint NOT NULL, "minority" text NOT NULL, "commitment_id" uuid NOT NULL, "observatory_id" uuid NOT NULL);
CREATE TABLE "observatory_closing" ("observatory_id" uuid NOT NULL PRIMARY KEY, "closed_on" date NOT NULL, "reason" text NOT NULL, "function" varchar(200) NOT NULL);
CREATE TABLE "observatory_hearing" ("record_id" uuid NOT NULL PRIMARY KEY, "held_on" date NOT NULL, "place" varchar(120) NOT NULL, "is_remote" boolean NOT NULL, "heard" varchar(300) NOT NULL, "recording_url" varchar(500) NOT NULL, "transcript" text NOT NULL, "observatory_id" uuid NOT NULL);
CREATE TABLE "observatory_correction" ("id" uuid NOT NULL PRIMARY KEY, "corrected_on" date NOT NULL, "note" text NOT NULL, "strikes" boolean NOT NULL, "hearing_id" uuid NOT NULL);
CREATE TABLE "observatory_reply" ("verdict_id" uuid NOT NULL PRIMARY KEY, "replied_on" date NOT NULL, "text" text NOT NULL, "name" varchar(120) NOT NULL, "function" varchar(160) NOT NULL);
CREATE TABLE "observatory_seat" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(80) NOT NULL, "secret_hash" varchar(64) NOT NULL UNIQUE, "expires_at" timestamp with time zone NOT NULL, "act_on" date NOT NULL, "act_reference" varchar(120) NOT NULL, "act_url" varchar(500) NOT NULL, "since" date NULL, "term_ends_on" date NOT NULL, "until" date NULL, "end_reason" varchar(300) NOT NULL, "observatory_id" uuid NOT NULL, "offered_by_id" uuid NULL, "person_id" uuid NULL);
CREATE TABLE "observatory_dissenter" ("id" uuid NOT NULL PRIMARY KEY, "verdict_id" uuid NOT NULL, "seat_id" uuid NOT NULL);
ALTER TABLE "observatory_observatory" ADD CONSTRAINT "a_mandate_lasts_up_to_ten_years" CHECK (("mandate_months" >= 1 AND "mandate_months" <= 120));
ALTER TABLE "observatory_hearing" ADD CONSTRAINT "a_recording_has_its_transcript" CHECK (("recording_url" = '' OR NOT ("transcript" = '')));
ALTER TABLE "observatory_verdict" ADD CONSTRAINT "one_verdict_per_version" UNIQUE ("observatory_id", "commitment_id", "version");
ALTER TABLE "observatory_verdict" ADD CONSTRAINT "a_verdict_was_carried" CHECK (("abstentions" >= 0 AND "votes_against" >= 0 AND "votes_for" > ("votes_against")));
CREATE UNIQUE INDEX "one_running_seat" ON "observatory_seat" ("observatory_id", "person_id") WHERE ("person_id" IS NOT NULL AND "until" IS NULL);
ALTER TABLE "observatory_seat" ADD CONSTRAINT "a_seat_ends_after_it_began" CHECK (("until" IS NULL OR "since" IS NULL OR "until" >= ("since")));
ALTER TABLE "observatory_dissenter" ADD CONSTRAINT "a_member_dissents_once" UNIQUE ("verdict_id", "seat_id");
create trigger closing_is_insert_only before update or delete on observatory_closing
  for each row execute function refuse_change();
create trigger verdict_is_insert_only before update or delete on observatory_verdict
  for each row execute function refuse_change();
create trigger dissenter_is_insert_only before update or delete on observatory_dissenter
  for each row execute function refuse_change();
create trigger reply_is_insert_only before update or delete on observatory_reply
  for each row execute function refuse_change();
create trigger correction_is_insert_only before update or delete on observatory_correction
  for each row execute function refuse_change();
create trigger observatory_is_insert_only before update or delete on observatory_observatory
  for each row execute function refuse_change();
create trigger hearing_is_never_deleted before delete on observatory_hearing
  for each row execute function refuse_change();
create trigger hearing_is_never_rewritten before update on observatory_hearing
  for each row when (
    (to_jsonb(old) - 'transcript') is distinct from (to_jsonb(new) - 'transcript')
    or old.record_id::text is distinct from current_setting('democratic.strikes', true))
  execute function refuse_change();
create trigger seat_is_never_deleted before delete on observatory_seat
  for each row when (old.since is not null) execute function refuse_change();
create trigger seat_is_never_rewritten before update on observatory_seat
  for each row when (old.since is not null and (
    (to_jsonb(old) - array['person_id', 'offered_by_id', 'name', 'until', 'end_reason'])
      is distinct from (to_jsonb(new) - array['person_id', 'offered_by_id', 'name', 'until', 'end_reason'])
    or (old.until is not null and new.until is distinct from old.until)
    or (new.name is distinct from old.name and new.name <> '')
    or (new.person_id is distinct from old.person_id and new.person_id is not null)))
  execute function refuse_change();

create trigger what_is_judged_is_never_hidden before update on thread_record
  for each row when (old.kind in ('observatory', 'hearing', 'verdict') and (
    old.visibility is distinct from new.visibility or old.state is distinct from new.state
    or old.kind is distinct from new.kind or old.audience_id is distinct from new.audience_id
    or old.authority_id is distinct from new.authority_id or old.process_id is distinct from new.process_id
    or old.happened_at is distinct from new.happened_at
    or (old.wording_id is not null and old.wording_id is distinct from new.wording_id)))
  execute function refuse_change();
create trigger what_is_judged_is_never_deleted before delete on thread_record
  for each row when (old.kind in ('observatory', 'hearing', 'verdict')) execute function refuse_change();

create function refuse_touching_what_is_judged() returns trigger language plpgsql as $$
begin
  if exists (select from thread_record r where r.id = case when tg_op = 'INSERT' then new.record_id else old.record_id end
             and r.kind in ('observatory', 'hearing', 'verdict')) then
    raise exception 'what an observatory published stays' using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger what_is_judged_is_never_withdrawn before insert on thread_withdrawal
  for each row execute function refuse_touching_what_is_judged();
create trigger words_of_what_is_judged_stay before update or delete on thread_wording
  for each row execute function refuse_touching_what_is_judged();
create trigger files_of_what_is_judged_stay before update or delete on thread_attachment
  for each row execute function refuse_touching_what_is_judged();

create function refuse_closing_what_is_judged() returns trigger language plpgsql as $$
begin
  if old.part in ('name', 'dissenters') then
    return old;
  end if;
  if exists (select from thread_entry e join thread_record r on r.id = e.record_id
             where e.id = old.entry_id and r.kind in ('observatory', 'hearing', 'verdict')
             and not (old.part = 'transcript'
                      and r.id::text is not distinct from current_setting('democratic.strikes', true))) then
    raise exception 'what an observatory published stays' using errcode = 'restrict_violation';
  end if;
  return old;
end $$;
create trigger openings_of_what_is_judged_stay before delete on thread_opening
  for each row execute function refuse_closing_what_is_judged();
create function refuse_unlinking_what_is_judged() returns trigger language plpgsql as $$
begin
  if exists (select from thread_record r where r.id in (old.source_id, old.target_id)
             and r.kind in ('hearing', 'verdict')) then
    raise exception 'what an observatory published stays' using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger links_of_what_is_judged_stay before update or delete on thread_link
  for each row execute function refuse_unlinking_what_is_judged();
ALTER TABLE "observatory_observatory" ADD CONSTRAINT "observatory_observatory_record_id_84278021_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "observatory_observatory" ADD CONSTRAINT "observatory_observat_authority_id_40217d9a_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "observatory_observatory" ADD CONSTRAINT "observatory_observat_body_id_96586f13_fk_communiti" FOREIGN KEY ("body_id") REFERENCES "communities_organisation" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "observatory_observatory_authority_id_40217d9a" ON "observatory_observatory" ("authority_id");
CREATE INDEX "observatory_observatory_body_id_96586f13" ON "observatory_observatory" ("body_id");
ALTER TABLE "observatory_verdict" ADD CONSTRAINT "observatory_verdict_record_id_577efdb1_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "observatory_verdict" ADD CONSTRAINT "observatory_verdict_commitment_id_8294c6b1_fk_participa" FOREIGN KEY ("commitment_id") REFERENCES "participation_commitment" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "observatory_verdict" ADD CONSTRAINT "observatory_verdict_observatory_id_abf2fe81_fk_observato" FOREIGN KEY ("observatory_id") REFERENCES "observatory_observatory" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "observatory_verdict_commitment_id_8294c6b1" ON "observatory_verdict" ("commitment_id");
CREATE INDEX "observatory_verdict_observatory_id_abf2fe81" ON "observatory_verdict" ("observatory_id");
ALTER TABLE "observatory_closing" ADD CONSTRAINT "observatory_closing_observatory_id_97cffe48_fk_observato" FOREIGN KEY ("observatory_id") REFERENCES "observatory_observatory" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "observatory_hearing" ADD CONSTRAINT "observatory_hearing_record_id_471165c6_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "observatory_hearing" ADD CONSTRAINT "observatory_hearing_observatory_id_755dbafa_fk_observato" FOREIGN KEY ("observatory_id") REFERENCES "observatory_observatory" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "observatory_hearing_observatory_id_755dbafa" ON "observatory_hearing" ("observatory_id");
ALTER TABLE "observatory_correction" ADD CONSTRAINT "observatory_correcti_hearing_id_bcc10e06_fk_observato" FOREIGN KEY ("hearing_id") REFERENCES "observatory_hearing" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "observatory_correction_hearing_id_bcc10e06" ON "observatory_correction" ("hearing_id");
ALTER TABLE "observatory_reply" ADD CONSTRAINT "observatory_reply_verdict_id_dd6b3a55_fk_observato" FOREIGN KEY ("verdict_id") REFERENCES "observatory_verdict" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "observatory_seat" ADD CONSTRAINT "observatory_seat_observatory_id_610cd179_fk_observato" FOREIGN KEY ("observatory_id") REFERENCES "observatory_observatory" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "observatory_seat" ADD CONSTRAINT "observatory_seat_offered_by_id_83a58839_fk_people_person_id" FOREIGN KEY ("offered_by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "observatory_seat" ADD CONSTRAINT "observatory_seat_person_id_c2315ecf_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "observatory_seat_secret_hash_50d4980a_like" ON "observatory_seat" ("secret_hash" varchar_pattern_ops);
CREATE INDEX "observatory_seat_observatory_id_610cd179" ON "observatory_seat" ("observatory_id");
CREATE INDEX "observatory_seat_offered_by_id_83a58839" ON "observatory_seat" ("offered_by_id");
CREATE INDEX "observatory_seat_person_id_c2315ecf" ON "observatory_seat" ("person_id");
ALTER TABLE "observatory_dissenter" ADD CONSTRAINT "observatory_dissente_verdict_id_18264e15_fk_observato" FOREIGN KEY ("verdict_id") REFERENCES "observatory_verdict" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "observatory_dissenter" ADD CONSTRAINT "observatory_dissenter_seat_id_08892843_fk_observatory_seat_id" FOREIGN KEY ("seat_id") REFERENCES "observatory_seat" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "observatory_dissenter_verdict_id_18264e15" ON "observatory_dissenter" ("verdict_id");
CREATE INDEX "observatory_dissenter_seat_id_08892843" ON "observatory_dissenter" ("seat_id");
CREATE TABLE "thread_heldcode" ("code" varchar(8) NOT NULL PRIMARY KEY, "spent_at" timestamp with time zone NULL);
create function refuse_a_held_code() returns trigger language plpgsql as $$
begin
  if exists (select from thread_heldcode h where h.code = new.code and h.spent_at is null) then
    raise exception 'code % is held outside', new.code using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger code_is_not_held before insert on thread_record
  for each row execute function refuse_a_held_code();

create function refuse_to_hold_a_borne_code() returns trigger language plpgsql as $$
begin
  if exists (select from thread_record r where r.code = new.code) then
    raise exception 'code % is borne by a record', new.code using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger held_code_is_not_borne before insert on thread_heldcode
  for each row when (new.spent_at is null) execute function refuse_to_hold_a_borne_code();

create function hold_code() returns trigger language plpgsql as $$
begin
  insert into thread_heldcode (code, spent_at) values (new.code, new.spent_at);
  return null;
end $$;
create function spend_held_code() returns trigger language plpgsql as $$
begin
  update thread_heldcode h set spent_at = new.spent_at where h.code = new.code;
  return null;
end $$;
CREATE INDEX "thread_heldcode_code_a924d4e0_like" ON "thread_heldcode" ("code" varchar_pattern_ops);
ALTER TABLE "participation_process" ADD COLUMN "in_clear" text DEFAULT '' NOT NULL;
CREATE TABLE "participation_preparation" ("process_id" uuid NOT NULL PRIMARY KEY, "expected_voices" integer NULL CHECK ("expected_voices" >= 0), "legal_basis" varchar(12) NOT NULL, "kept_months" smallint NULL CHECK ("kept_months" >= 0), "assessment" varchar(12) NOT NULL, "assessment_reason" text NOT NULL, "processors" text NOT NULL, "preview_key" varchar(24) NOT NULL, "publishes_at" timestamp with time zone NULL, "held_back" text NOT NULL);
ALTER TABLE "participation_preparation" ADD CONSTRAINT "participation_prepar_process_id_24f99d4d_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "preparations_scheduled" ON "participation_preparation" ("publishes_at") WHERE "publishes_at" IS NOT NULL;
update participation_stage set allows = allows || '["answer_poll"]'::jsonb
where allows @> '["support"]' and not allows @> '["answer_poll"]';
CREATE TABLE "participation_poll" ("record_id" uuid NOT NULL PRIMARY KEY, "shows" varchar(8) NOT NULL, "is_shuffled" boolean NOT NULL, "opened_at" timestamp with time zone NULL, "closes_at" timestamp with time zone NULL, "closed_at" timestamp with time zone NULL, "counted" jsonb NOT NULL, "counted_at" timestamp with time zone NULL, "process_id" uuid NOT NULL, "stage_id" uuid NOT NULL);
CREATE TABLE "participation_polloption" ("id" uuid NOT NULL PRIMARY KEY, "rank" smallint NOT NULL, "label" varchar(120) NOT NULL, "is_no_opinion" boolean NOT NULL, "poll_id" uuid NOT NULL);
CREATE TABLE "participation_pollanswer" ("id" uuid NOT NULL PRIMARY KEY, "origin" varchar(8) NOT NULL, "answered_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "person_id" uuid NULL, "poll_id" uuid NOT NULL, "option_id" uuid NOT NULL);
CREATE TABLE "participation_polltally" ("id" uuid NOT NULL PRIMARY KEY, "origin" varchar(8) NOT NULL, "batch" varchar(40) NOT NULL, "counts" jsonb NOT NULL, "total" integer NOT NULL, "entered_function" varchar(200) NOT NULL, "entered_at" timestamp with time zone NOT NULL, "verified_function" varchar(200) NOT NULL, "verified_at" timestamp with time zone NULL, "entered_by_id" uuid NULL, "poll_id" uuid NOT NULL, "verified_by_id" uuid NULL);
ALTER TABLE "participation_polloption" ADD CONSTRAINT "one_option_per_rank" UNIQUE ("poll_id", "rank");
ALTER TABLE "participation_polloption" ADD CONSTRAINT "an_option_has_words" CHECK ((("is_no_opinion" AND "label" = '') OR (NOT "is_no_opinion" AND NOT ("label" = ''))));
ALTER TABLE "participation_pollanswer" ADD CONSTRAINT "one_answer_per_person_and_poll" UNIQUE ("poll_id", "person_id");
ALTER TABLE "participation_polltally" ADD CONSTRAINT "one_tally_per_batch" UNIQUE ("poll_id", "origin", "batch");
ALTER TABLE "participation_polltally" ADD CONSTRAINT "a_tally_counts_someone" CHECK ("total" >= 1);
ALTER TABLE "participation_polltally" ADD CONSTRAINT "a_tally_is_verified_by_another" CHECK (("verified_by_id" IS NULL OR "entered_by_id" IS NULL OR NOT ("verified_by_id" = ("entered_by_id") AND "verified_by_id" IS NOT NULL AND "entered_by_id" IS NOT NULL)));
ALTER TABLE "participation_poll" ADD CONSTRAINT "participation_poll_record_id_ff8cfefa_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_poll" ADD CONSTRAINT "participation_poll_process_id_245a2d4e_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_poll" ADD CONSTRAINT "participation_poll_stage_id_2fac523a_fk_participation_stage_id" FOREIGN KEY ("stage_id") REFERENCES "participation_stage" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_poll_process_id_245a2d4e" ON "participation_poll" ("process_id");
CREATE INDEX "participation_poll_stage_id_2fac523a" ON "participation_poll" ("stage_id");
ALTER TABLE "participation_polloption" ADD CONSTRAINT "participation_pollop_poll_id_f38ce35a_fk_participa" FOREIGN KEY ("poll_id") REFERENCES "participation_poll" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_pollanswer" ADD CONSTRAINT "participation_pollanswer_person_id_3aef1e41_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_pollanswer" ADD CONSTRAINT "participation_pollan_poll_id_383029b3_fk_participa" FOREIGN KEY ("poll_id") REFERENCES "participation_poll" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_pollanswer" ADD CONSTRAINT "participation_pollan_option_id_66f60025_fk_participa" FOREIGN KEY ("option_id") REFERENCES "participation_polloption" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_pollanswer_person_id_3aef1e41" ON "participation_pollanswer" ("person_id");
CREATE INDEX "participation_pollanswer_option_id_66f60025" ON "participation_pollanswer" ("option_id");
ALTER TABLE "participation_polltally" ADD CONSTRAINT "participation_pollta_entered_by_id_2938d2f5_fk_people_pe" FOREIGN KEY ("entered_by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_polltally" ADD CONSTRAINT "participation_pollta_poll_id_176a918a_fk_participa" FOREIGN KEY ("poll_id") REFERENCES "participation_poll" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_polltally" ADD CONSTRAINT "participation_pollta_verified_by_id_917901da_fk_people_pe" FOREIGN KEY ("verified_by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_polltally_entered_by_id_2938d2f5" ON "participation_polltally" ("entered_by_id");
CREATE INDEX "participation_polltally_verified_by_id_917901da" ON "participation_polltally" ("verified_by_id");
ALTER TABLE "participation_process" ADD COLUMN "holds_first_words" boolean DEFAULT false NOT NULL;
CREATE TABLE "participation_updaterequest" ("id" uuid NOT NULL PRIMARY KEY, "month" date NOT NULL, "asked_on" date NOT NULL, "entry_id" uuid NOT NULL UNIQUE, "service_id" uuid NOT NULL);
CREATE TABLE "participation_updatelink" ("id" uuid NOT NULL PRIMARY KEY, "is_by_delegation" boolean NOT NULL, "made_at" timestamp with time zone NOT NULL, "withdrawn_at" timestamp with time zone NULL, "holder_id" uuid NOT NULL, "request_id" uuid NOT NULL);
CREATE TABLE "participation_updaterhythm" ("authority_id" uuid NOT NULL PRIMARY KEY, "day" smallint NOT NULL, CONSTRAINT "a_day_that_every_month_has" CHECK ("day" BETWEEN 1 AND 28));
ALTER TABLE "participation_updaterequest" ADD CONSTRAINT "one_update_request_a_month" UNIQUE ("service_id", "month");
ALTER TABLE "participation_updaterequest" ADD CONSTRAINT "a_month_is_its_first_day" CHECK (EXTRACT(DAY FROM "month") = 1);
ALTER TABLE "participation_updatelink" ADD CONSTRAINT "one_update_link_a_holder" UNIQUE ("request_id", "holder_id");
ALTER TABLE "participation_updaterequest" ADD CONSTRAINT "participation_update_entry_id_2feb671b_fk_thread_en" FOREIGN KEY ("entry_id") REFERENCES "thread_entry" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_updaterequest" ADD CONSTRAINT "participation_update_service_id_6617cba3_fk_communiti" FOREIGN KEY ("service_id") REFERENCES "communities_service" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_updaterequest_service_id_6617cba3" ON "participation_updaterequest" ("service_id");
ALTER TABLE "participation_updatelink" ADD CONSTRAINT "participation_updatelink_holder_id_d85829b6_fk_people_person_id" FOREIGN KEY ("holder_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_updatelink" ADD CONSTRAINT "participation_update_request_id_c4f17a0f_fk_participa" FOREIGN KEY ("request_id") REFERENCES "participation_updaterequest" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_updatelink_holder_id_d85829b6" ON "participation_updatelink" ("holder_id");
CREATE INDEX "participation_updatelink_request_id_c4f17a0f" ON "participation_updatelink" ("request_id");
ALTER TABLE "participation_updaterhythm" ADD CONSTRAINT "participation_update_authority_id_588a6e8f_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE "participation_answerhand" ("id" uuid NOT NULL PRIMARY KEY, "version" integer NOT NULL, "written_at" timestamp with time zone NOT NULL);
CREATE TABLE "participation_answersheet" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(120) NOT NULL, "state" varchar(10) NOT NULL, "received_at" timestamp with time zone NOT NULL, "held_until" timestamp with time zone NULL, "tries" smallint NOT NULL, "lines" integer NOT NULL, "lines_read" integer NOT NULL, "unchanged" integer NOT NULL, "empty" integer NOT NULL, "applied_to" integer NOT NULL, "written" integer NOT NULL, "fault" varchar(12) NOT NULL);
CREATE TABLE "participation_sheetrow" ("id" uuid NOT NULL PRIMARY KEY, "number" integer NOT NULL, "cell" varchar(12) NOT NULL, "outcome" varchar(10) NOT NULL, "problem" varchar(12) NOT NULL, "detail" varchar(80) NOT NULL, "verdict" varchar(8) NOT NULL, "passed_to" varchar(160) NOT NULL, "reason" text NOT NULL, "stamp" integer NOT NULL, "choice" varchar(6) NOT NULL);
CREATE TABLE "participation_suggestedvoice" ("id" uuid NOT NULL PRIMARY KEY, "rank" integer NOT NULL);
CREATE TABLE "participation_suggestionrun" ("id" uuid NOT NULL PRIMARY KEY, "asked_at" timestamp with time zone NOT NULL, "done_at" timestamp with time zone NULL, "voices" integer NOT NULL, "covered" integer NOT NULL);
CREATE TABLE "participation_themesuggestion" ("id" uuid NOT NULL PRIMARY KEY, "rank" smallint NOT NULL, "words" jsonb NOT NULL, "state" varchar(10) NOT NULL);
ALTER TABLE "participation_answer" ADD COLUMN "approved_at" timestamp with time zone NULL;
ALTER TABLE "participation_answer" ADD COLUMN "approved_by_id" uuid NULL CONSTRAINT "participation_answer_approved_by_id_a32df686_fk_people_pe" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_answer_approved_by_id_a32df686_fk_people_pe" IMMEDIATE;
ALTER TABLE "participation_answer" ADD COLUMN "approved_version" integer NULL;
ALTER TABLE "participation_answer" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;
ALTER TABLE "participation_process" ADD COLUMN "asks_approval" boolean DEFAULT false NOT NULL;
ALTER TABLE "participation_answer" ADD CONSTRAINT "approved_in_one_version" CHECK (("approved_by_id" IS NULL OR "approved_version" IS NOT NULL));
ALTER TABLE "participation_answerhand" ADD COLUMN "answer_id" uuid NOT NULL CONSTRAINT "participation_answer_answer_id_faed4522_fk_participa" REFERENCES "participation_answer"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_answer_answer_id_faed4522_fk_participa" IMMEDIATE;
ALTER TABLE "participation_answerhand" ADD COLUMN "person_id" uuid NOT NULL CONSTRAINT "participation_answerhand_person_id_b4f4425e_fk_people_person_id" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_answerhand_person_id_b4f4425e_fk_people_person_id" IMMEDIATE;
CREATE TABLE "participation_sheetcontent" ("sheet_id" uuid NOT NULL PRIMARY KEY, "content" bytea NOT NULL);
ALTER TABLE "participation_answersheet" ADD COLUMN "process_id" uuid NOT NULL CONSTRAINT "participation_answer_process_id_98ec21db_fk_participa" REFERENCES "participation_process"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_answer_process_id_98ec21db_fk_participa" IMMEDIATE;
ALTER TABLE "participation_answersheet" ADD COLUMN "uploader_id" uuid NOT NULL CONSTRAINT "participation_answer_uploader_id_a7a9f187_fk_people_pe" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_answer_uploader_id_a7a9f187_fk_people_pe" IMMEDIATE;
ALTER TABLE "participation_sheetrow" ADD COLUMN "answer_id" uuid NULL CONSTRAINT "participation_sheetr_answer_id_d6dae1e4_fk_participa" REFERENCES "participation_answer"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_sheetr_answer_id_d6dae1e4_fk_participa" IMMEDIATE;
ALTER TABLE "participation_sheetrow" ADD COLUMN "sheet_id" uuid NOT NULL CONSTRAINT "participation_sheetr_sheet_id_9a1dee3f_fk_participa" REFERENCES "participation_answersheet"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_sheetr_sheet_id_9a1dee3f_fk_participa" IMMEDIATE;
ALTER TABLE "participation_sheetrow" ADD COLUMN "subject_id" uuid NULL CONSTRAINT "participation_sheetrow_subject_id_7b88533a_fk_thread_record_id" REFERENCES "thread_record"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_sheetrow_subject_id_7b88533a_fk_thread_record_id" IMMEDIATE;
ALTER TABLE "participation_suggestedvoice" ADD COLUMN "record_id" uuid NOT NULL CONSTRAINT "participation_sugges_record_id_93b0cf47_fk_thread_re" REFERENCES "thread_record"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_sugges_record_id_93b0cf47_fk_thread_re" IMMEDIATE;
ALTER TABLE "participation_suggestionrun" ADD COLUMN "process_id" uuid NOT NULL CONSTRAINT "participation_sugges_process_id_45c718f7_fk_participa" REFERENCES "participation_process"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_sugges_process_id_45c718f7_fk_participa" IMMEDIATE;
ALTER TABLE "participation_themesuggestion" ADD COLUMN "run_id" uuid NOT NULL CONSTRAINT "participation_themes_run_id_14ded541_fk_participa" REFERENCES "participation_suggestionrun"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_themes_run_id_14ded541_fk_participa" IMMEDIATE;
ALTER TABLE "participation_suggestedvoice" ADD COLUMN "suggestion_id" uuid NOT NULL CONSTRAINT "participation_sugges_suggestion_id_3dac411b_fk_participa" REFERENCES "participation_themesuggestion"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_sugges_suggestion_id_3dac411b_fk_participa" IMMEDIATE;
ALTER TABLE "participation_answerhand" ADD CONSTRAINT "one_hand_per_version" UNIQUE ("answer_id", "version");
CREATE INDEX "sheet_of_process" ON "participation_answersheet" ("process_id", "received_at" DESC);
CREATE INDEX "sheet_at_work" ON "participation_answersheet" ("received_at") WHERE "state" IN ('received', 'reading', 'applying');
CREATE INDEX "sheet_row_outcome" ON "participation_sheetrow" ("sheet_id", "outcome", "number");
ALTER TABLE "participation_sheetrow" ADD CONSTRAINT "one_row_per_line" UNIQUE ("sheet_id", "number");
CREATE UNIQUE INDEX "one_suggestion_run_at_a_time" ON "participation_suggestionrun" ("process_id") WHERE "done_at" IS NULL;
ALTER TABLE "participation_suggestionrun" ADD CONSTRAINT "no_more_covered_than_voices" CHECK ("covered" <= ("voices"));
ALTER TABLE "participation_themesuggestion" ADD CONSTRAINT "one_suggestion_per_rank" UNIQUE ("run_id", "rank");
ALTER TABLE "participation_suggestedvoice" ADD CONSTRAINT "one_voice_per_suggestion" UNIQUE ("suggestion_id", "record_id");
CREATE INDEX "participation_answer_approved_by_id_a32df686" ON "participation_answer" ("approved_by_id");
CREATE INDEX "participation_answerhand_answer_id_faed4522" ON "participation_answerhand" ("answer_id");
CREATE INDEX "participation_answerhand_person_id_b4f4425e" ON "participation_answerhand" ("person_id");
ALTER TABLE "participation_sheetcontent" ADD CONSTRAINT "participation_sheetc_sheet_id_f90e62f4_fk_participa" FOREIGN KEY ("sheet_id") REFERENCES "participation_answersheet" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_answersheet_process_id_98ec21db" ON "participation_answersheet" ("process_id");
CREATE INDEX "participation_answersheet_uploader_id_a7a9f187" ON "participation_answersheet" ("uploader_id");
CREATE INDEX "participation_sheetrow_answer_id_d6dae1e4" ON "participation_sheetrow" ("answer_id");
CREATE INDEX "participation_sheetrow_sheet_id_9a1dee3f" ON "participation_sheetrow" ("sheet_id");
CREATE INDEX "participation_sheetrow_subject_id_7b88533a" ON "participation_sheetrow" ("subject_id");
CREATE INDEX "participation_suggestedvoice_record_id_93b0cf47" ON "participation_suggestedvoice" ("record_id");
CREATE INDEX "participation_suggestionrun_process_id_45c718f7" ON "participation_suggestionrun" ("process_id");
CREATE INDEX "participation_themesuggestion_run_id_14ded541" ON "participation_themesuggestion" ("run_id");
CREATE INDEX "participation_suggestedvoice_suggestion_id_3dac411b" ON "participation_suggestedvoice" ("suggestion_id");
CREATE TABLE "participation_inboxtag" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(40) NOT NULL, "is_proposed" boolean NOT NULL, "authority_id" uuid NOT NULL);
CREATE TABLE "participation_conversation" ("id" uuid NOT NULL PRIMARY KEY, "code" varchar(8) NOT NULL UNIQUE, "secret_hash" varchar(64) NOT NULL UNIQUE, "channel" varchar(8) NOT NULL, "name" varchar(80) NOT NULL, "address" varchar(254) NOT NULL, "age_band" varchar(10) NOT NULL, "language" varchar(5) NOT NULL, "subject" varchar(200) NOT NULL, "state" varchar(8) NOT NULL, "due_on" date NOT NULL, "agreement" varchar(8) NOT NULL, "opened_at" timestamp with time zone NOT NULL, "last_at" timestamp with time zone NOT NULL, "closed_at" timestamp with time zone NULL, "about_id" uuid NULL, "assignee_id" uuid NULL, "authority_id" uuid NOT NULL, "became_id" uuid NULL, "person_id" uuid NOT NULL, "process_id" uuid NULL, "service_id" uuid NULL);
CREATE TABLE "participation_conversation_tags" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "conversation_id" uuid NOT NULL, "inboxtag_id" uuid NOT NULL);
CREATE TABLE "participation_inboxmessage" ("id" uuid NOT NULL PRIMARY KEY, "kind" varchar(8) NOT NULL, "channel" varchar(8) NOT NULL, "external_id" varchar(250) NOT NULL, "text" text NOT NULL, "vector" tsvector GENERATED ALWAYS AS (to_tsvector('fr'::regconfig, COALESCE("text", ''))) STORED, "attachments" jsonb NOT NULL, "at" timestamp with time zone NOT NULL, "unsent_reason" varchar(300) NOT NULL, "author_id" uuid NULL, "conversation_id" uuid NOT NULL, "outgoing_id" uuid NULL);
CREATE UNIQUE INDEX "one_inbox_tag_per_name" ON "participation_inboxtag" ("authority_id", (LOWER("name")));
CREATE INDEX "inbox_waiting" ON "participation_conversation" ("authority_id", "due_on", "id") INCLUDE ("state", "assignee_id", "service_id") WHERE "state" IN ('new', 'assigned');
CREATE INDEX "inbox_by_state" ON "participation_conversation" ("authority_id", "state", "last_at" DESC, "id" DESC);
CREATE INDEX "inbox_by_address" ON "participation_conversation" ("channel", "address", "last_at" DESC);
ALTER TABLE "participation_conversation" ADD CONSTRAINT "public_once_she_agreed" CHECK (("became_id" IS NULL OR "agreement" = 'given'));
ALTER TABLE "participation_conversation" ADD CONSTRAINT "closed_at_its_moment" CHECK ((("closed_at" IS NULL OR "state" = 'closed') AND 1 = (CASE WHEN "closed_at" IS NULL THEN 1 ELSE 0 END + CASE WHEN "state" = 'closed' THEN 1 ELSE 0 END)));
ALTER TABLE "participation_inboxtag" ADD CONSTRAINT "participation_inboxt_authority_id_9844c19a_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_inboxtag_authority_id_9844c19a" ON "participation_inboxtag" ("authority_id");
ALTER TABLE "participation_conversation" ADD CONSTRAINT "participation_conver_about_id_29fde1d7_fk_thread_re" FOREIGN KEY ("about_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_conversation" ADD CONSTRAINT "participation_conver_assignee_id_9bf17e59_fk_people_pe" FOREIGN KEY ("assignee_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_conversation" ADD CONSTRAINT "participation_conver_authority_id_28219e7c_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_conversation" ADD CONSTRAINT "participation_conver_became_id_db7a6c9c_fk_thread_re" FOREIGN KEY ("became_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_conversation" ADD CONSTRAINT "participation_conver_person_id_d2534826_fk_people_pe" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_conversation" ADD CONSTRAINT "participation_conver_process_id_6e2aee24_fk_thread_re" FOREIGN KEY ("process_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_conversation" ADD CONSTRAINT "participation_conver_service_id_4ac39a86_fk_communiti" FOREIGN KEY ("service_id") REFERENCES "communities_service" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_conversation_code_62ac3c2e_like" ON "participation_conversation" ("code" varchar_pattern_ops);
CREATE INDEX "participation_conversation_secret_hash_b96dd2e2_like" ON "participation_conversation" ("secret_hash" varchar_pattern_ops);
CREATE INDEX "participation_conversation_assignee_id_9bf17e59" ON "participation_conversation" ("assignee_id");
CREATE INDEX "participation_conversation_authority_id_28219e7c" ON "participation_conversation" ("authority_id");
CREATE INDEX "participation_conversation_person_id_d2534826" ON "participation_conversation" ("person_id");
ALTER TABLE "participation_conversation_tags" ADD CONSTRAINT "participation_conversati_conversation_id_inboxtag_2295e8b2_uniq" UNIQUE ("conversation_id", "inboxtag_id");
ALTER TABLE "participation_conversation_tags" ADD CONSTRAINT "participation_conver_conversation_id_75f4ed2a_fk_participa" FOREIGN KEY ("conversation_id") REFERENCES "participation_conversation" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_conversation_tags" ADD CONSTRAINT "participation_conver_inboxtag_id_8bb92412_fk_participa" FOREIGN KEY ("inboxtag_id") REFERENCES "participation_inboxtag" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_conversation_tags_conversation_id_75f4ed2a" ON "participation_conversation_tags" ("conversation_id");
CREATE INDEX "participation_conversation_tags_inboxtag_id_8bb92412" ON "participation_conversation_tags" ("inboxtag_id");
ALTER TABLE "participation_inboxmessage" ADD CONSTRAINT "participation_inboxm_author_id_211b3d54_fk_people_pe" FOREIGN KEY ("author_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_inboxmessage" ADD CONSTRAINT "participation_inboxm_conversation_id_3b034eb9_fk_participa" FOREIGN KEY ("conversation_id") REFERENCES "participation_conversation" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_inboxmessage" ADD CONSTRAINT "participation_inboxm_outgoing_id_7a59dfe7_fk_messaging" FOREIGN KEY ("outgoing_id") REFERENCES "messaging_outgoingmessage" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX "one_message_per_external_id" ON "participation_inboxmessage" ("channel", "external_id") WHERE NOT ("external_id" = '');
CREATE INDEX "participation_inboxmessage_outgoing_id_7a59dfe7" ON "participation_inboxmessage" ("outgoing_id");
CREATE INDEX "inbox_in_order" ON "participation_inboxmessage" ("conversation_id", "at");
CREATE INDEX "inbox_words" ON "participation_inboxmessage" USING gin ("vector");
ALTER TABLE "participation_inboxtag" ADD COLUMN "retired_at" timestamp with time zone NULL;
ALTER TABLE "participation_poll" ADD COLUMN "drifting_since" timestamp with time zone NULL;
CREATE TABLE "participation_replytemplate" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(60) NOT NULL, "texts" jsonb NOT NULL, "authority_id" uuid NOT NULL, CONSTRAINT "reply_template_says_something" CHECK (NOT ("texts" = '{}'::jsonb)));
ALTER TABLE "participation_replytemplate" ADD CONSTRAINT "participation_replyt_authority_id_371f50cf_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX "one_reply_template_per_name" ON "participation_replytemplate" ("authority_id", (LOWER("name")));
CREATE INDEX "participation_replytemplate_authority_id_371f50cf" ON "participation_replytemplate" ("authority_id");
CREATE TABLE "participation_approvalrequest" ("id" uuid NOT NULL PRIMARY KEY, "text_print" varchar(64) NOT NULL, "asked_at" timestamp with time zone NOT NULL, "withdrawn_at" timestamp with time zone NULL, "answered_at" timestamp with time zone NULL, "is_approved" boolean NULL, "is_by_delegation" boolean NOT NULL, "reason" text NOT NULL, "official_id" uuid NOT NULL, "record_id" uuid NOT NULL, CONSTRAINT "approval_answered_or_not" CHECK ((("answered_at" IS NULL AND "is_approved" IS NULL) OR ("answered_at" IS NOT NULL AND "is_approved" IS NOT NULL AND "withdrawn_at" IS NULL))), CONSTRAINT "approval_refused_with_a_reason" CHECK ((NOT (NOT "is_approved" AND "is_approved" IS NOT NULL) OR NOT ("reason" = ''))));
ALTER TABLE "participation_approvalrequest" ADD CONSTRAINT "participation_approv_official_id_ca85ebe9_fk_communiti" FOREIGN KEY ("official_id") REFERENCES "communities_official" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_approvalrequest" ADD CONSTRAINT "participation_approv_record_id_19c08f2b_fk_thread_re" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX "one_open_approval_request" ON "participation_approvalrequest" ("record_id") WHERE ("answered_at" IS NULL AND "withdrawn_at" IS NULL);
CREATE INDEX "participation_approvalrequest_official_id_ca85ebe9" ON "participation_approvalrequest" ("official_id");
CREATE INDEX "participation_approvalrequest_record_id_19c08f2b" ON "participation_approvalrequest" ("record_id");
ALTER TABLE "participation_pollanswer" ADD COLUMN "is_verified" boolean NULL;
CREATE TABLE "participation_answerassignment" ("id" uuid NOT NULL PRIMARY KEY, "due_on" date NOT NULL, "batch" uuid NOT NULL, "assigned_at" timestamp with time zone NOT NULL, "ended_at" timestamp with time zone NULL, "ended_because" text NOT NULL, "assigned_by_id" uuid NOT NULL, "service_id" uuid NOT NULL, "subject_id" uuid NOT NULL, CONSTRAINT "assignment_ends_with_a_reason" CHECK ((("ended_at" IS NULL AND "ended_because" = '') OR ("ended_at" IS NOT NULL AND NOT ("ended_because" = '')))));
ALTER TABLE "participation_answerassignment" ADD CONSTRAINT "participation_answer_assigned_by_id_a07be3dc_fk_people_pe" FOREIGN KEY ("assigned_by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_answerassignment" ADD CONSTRAINT "participation_answer_service_id_50cff54f_fk_communiti" FOREIGN KEY ("service_id") REFERENCES "communities_service" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_answerassignment" ADD CONSTRAINT "participation_answer_subject_id_dcb76e32_fk_thread_re" FOREIGN KEY ("subject_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX "one_service_prepares_a_subject" ON "participation_answerassignment" ("subject_id") WHERE "ended_at" IS NULL;
CREATE INDEX "participation_answerassignment_assigned_by_id_a07be3dc" ON "participation_answerassignment" ("assigned_by_id");
CREATE INDEX "participation_answerassignment_service_id_50cff54f" ON "participation_answerassignment" ("service_id");
CREATE INDEX "participation_answerassignment_subject_id_dcb76e32" ON "participation_answerassignment" ("subject_id");
CREATE TABLE "participation_followedlink" ("id" uuid NOT NULL PRIMARY KEY, "url" varchar(600) NOT NULL, "found" varchar(12) NOT NULL, "status" smallint NOT NULL CHECK ("status" >= 0), "looked_at" timestamp with time zone NOT NULL);
ALTER TABLE "participation_preparation" ADD COLUMN "look_asked_at" timestamp with time zone NULL;
CREATE INDEX "preparations_to_look_at" ON "participation_preparation" ("look_asked_at") WHERE "look_asked_at" IS NOT NULL;
ALTER TABLE "participation_followedlink" ADD COLUMN "process_id" uuid NOT NULL CONSTRAINT "participation_follow_process_id_5ec9eefd_fk_participa" REFERENCES "participation_process"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_follow_process_id_5ec9eefd_fk_participa" IMMEDIATE;
ALTER TABLE "participation_followedlink" ADD CONSTRAINT "a_link_is_followed_once" UNIQUE ("process_id", "url");
CREATE TABLE "participation_fielddevice" ("id" uuid NOT NULL PRIMARY KEY, "token_hash" varchar(64) NOT NULL UNIQUE, "issued_at" timestamp with time zone NOT NULL, "expires_at" timestamp with time zone NOT NULL, "revoked_at" timestamp with time zone NULL, "person_id" uuid NULL);
CREATE TABLE "participation_reservedcode" ("code" varchar(8) NOT NULL PRIMARY KEY, "spent_at" timestamp with time zone NULL, "device_id" uuid NOT NULL);
CREATE TABLE "participation_streetsession" ("record_id" uuid NOT NULL PRIMARY KEY, "starts_at" timestamp with time zone NOT NULL, "ends_at" timestamp with time zone NOT NULL, "missing" varchar(300) NOT NULL, "weather" varchar(80) NOT NULL, "notes" text NOT NULL, "counted" jsonb NOT NULL, "poll_id" uuid NULL, "process_id" uuid NOT NULL);
CREATE TABLE "participation_streetcapture" ("id" uuid NOT NULL PRIMARY KEY, "uuid" uuid NOT NULL, "seq" integer NOT NULL, "kind" varchar(10) NOT NULL, "code" varchar(8) NOT NULL, "payload" jsonb NOT NULL, "happened_at" timestamp with time zone NOT NULL, "received_at" timestamp with time zone NOT NULL, "state" varchar(10) NOT NULL, "problem" varchar(20) NOT NULL, "reason" text NOT NULL, "reviewed_at" timestamp with time zone NULL, "device_id" uuid NULL, "record_id" uuid NULL, "session_id" uuid NOT NULL);
ALTER TABLE "participation_fielddevice" ADD COLUMN "session_id" uuid NOT NULL CONSTRAINT "participation_fieldd_session_id_de5627ce_fk_participa" REFERENCES "participation_streetsession"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_fieldd_session_id_de5627ce_fk_participa" IMMEDIATE;
CREATE TABLE "participation_streetteammember" ("id" uuid NOT NULL PRIMARY KEY, "role" varchar(10) NOT NULL, "person_id" uuid NOT NULL, "session_id" uuid NOT NULL);
CREATE TABLE "participation_streetfile" ("id" uuid NOT NULL PRIMARY KEY, "n" smallint NOT NULL, "capture_id" uuid NOT NULL, "file_id" varchar(64) NOT NULL, CONSTRAINT "one_street_file_per_number" UNIQUE ("capture_id", "n"));
ALTER TABLE "participation_streetsession" ADD CONSTRAINT "street_session_ends_later" CHECK ("ends_at" > ("starts_at"));
CREATE INDEX "captures_of_a_session" ON "participation_streetcapture" ("session_id", "state", "kind");
ALTER TABLE "participation_streetcapture" ADD CONSTRAINT "a_capture_is_received_once" UNIQUE ("session_id", "uuid");
CREATE UNIQUE INDEX "a_code_is_given_to_one_capture" ON "participation_streetcapture" ("code") WHERE NOT ("code" = '');
ALTER TABLE "participation_streetcapture" ADD CONSTRAINT "a_capture_is_set_aside_for_a_reason" CHECK ((NOT ("state" = 'set_aside') OR NOT ("reason" = '')));
ALTER TABLE "participation_streetcapture" ADD CONSTRAINT "nothing_is_kept_of_what_is_to_correct" CHECK ((NOT ("state" = 'to_correct') OR "payload" = '{}'::jsonb));
ALTER TABLE "participation_fielddevice" ADD CONSTRAINT "a_device_lives_three_days" CHECK ("expires_at" <= ("issued_at" + '3 days 0:00:00'::interval));
ALTER TABLE "participation_streetteammember" ADD CONSTRAINT "once_in_a_street_team" UNIQUE ("session_id", "person_id");
create function refuse_a_reserved_code() returns trigger language plpgsql as $$
begin
  if exists (select from participation_reservedcode c where c.code = new.code and c.spent_at is null) then
    raise exception 'code % is reserved for a street session', new.code using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger code_is_not_reserved before insert on thread_record
  for each row execute function refuse_a_reserved_code();

create function refuse_a_borne_code() returns trigger language plpgsql as $$
begin
  if exists (select from thread_record r where r.code = new.code) then
    raise exception 'code % is borne by a record', new.code using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger code_is_not_borne before insert on participation_reservedcode
  for each row when (new.spent_at is null) execute function refuse_a_borne_code();
ALTER TABLE "participation_fielddevice" ADD CONSTRAINT "participation_fieldd_person_id_1913605f_fk_people_pe" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_fielddevice_token_hash_2ed9bfb2_like" ON "participation_fielddevice" ("token_hash" varchar_pattern_ops);
CREATE INDEX "participation_fielddevice_person_id_1913605f" ON "participation_fielddevice" ("person_id");
ALTER TABLE "participation_reservedcode" ADD CONSTRAINT "participation_reserv_device_id_c24947a0_fk_participa" FOREIGN KEY ("device_id") REFERENCES "participation_fielddevice" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_reservedcode_code_7af9d444_like" ON "participation_reservedcode" ("code" varchar_pattern_ops);
CREATE INDEX "participation_reservedcode_device_id_c24947a0" ON "participation_reservedcode" ("device_id");
ALTER TABLE "participation_streetsession" ADD CONSTRAINT "participation_street_record_id_c3a3e69c_fk_thread_re" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_streetsession" ADD CONSTRAINT "participation_street_poll_id_bfc32c57_fk_participa" FOREIGN KEY ("poll_id") REFERENCES "participation_poll" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_streetsession" ADD CONSTRAINT "participation_street_process_id_8c0a64ce_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_streetsession_poll_id_bfc32c57" ON "participation_streetsession" ("poll_id");
CREATE INDEX "participation_streetsession_process_id_8c0a64ce" ON "participation_streetsession" ("process_id");
ALTER TABLE "participation_streetcapture" ADD CONSTRAINT "participation_street_device_id_ed52cf63_fk_participa" FOREIGN KEY ("device_id") REFERENCES "participation_fielddevice" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_streetcapture" ADD CONSTRAINT "participation_street_record_id_b1502ec6_fk_thread_re" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_streetcapture" ADD CONSTRAINT "participation_street_session_id_8b0f405d_fk_participa" FOREIGN KEY ("session_id") REFERENCES "participation_streetsession" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_streetcapture_device_id_ed52cf63" ON "participation_streetcapture" ("device_id");
CREATE INDEX "participation_streetcapture_record_id_b1502ec6" ON "participation_streetcapture" ("record_id");
CREATE INDEX "participation_fielddevice_session_id_de5627ce" ON "participation_fielddevice" ("session_id");
ALTER TABLE "participation_streetteammember" ADD CONSTRAINT "participation_street_person_id_e4dd53c0_fk_people_pe" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_streetteammember" ADD CONSTRAINT "participation_street_session_id_9e2b4360_fk_participa" FOREIGN KEY ("session_id") REFERENCES "participation_streetsession" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_streetteammember_person_id_e4dd53c0" ON "participation_streetteammember" ("person_id");
ALTER TABLE "participation_streetfile" ADD CONSTRAINT "participation_street_capture_id_718ed2c1_fk_participa" FOREIGN KEY ("capture_id") REFERENCES "participation_streetcapture" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_streetfile" ADD CONSTRAINT "participation_street_file_id_4af560d0_fk_kernel_st" FOREIGN KEY ("file_id") REFERENCES "kernel_storedfile" ("sha256") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_streetfile_file_id_4af560d0" ON "participation_streetfile" ("file_id");
CREATE INDEX "participation_streetfile_file_id_4af560d0_like" ON "participation_streetfile" ("file_id" varchar_pattern_ops);
ALTER TABLE "participation_conversation" ADD COLUMN "correspondent_id" uuid NULL CONSTRAINT "participation_conver_correspondent_id_8bce9cef_fk_messaging" REFERENCES "messaging_correspondent"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_conver_correspondent_id_8bce9cef_fk_messaging" IMMEDIATE;
CREATE TABLE "participation_flow" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(80) NOT NULL, "draft" jsonb NOT NULL, "edition" integer NOT NULL, "is_open" boolean NOT NULL, "process_id" uuid NOT NULL);
CREATE TABLE "participation_flowcode" ("id" uuid NOT NULL PRIMARY KEY, "code" varchar(20) NOT NULL, "where" varchar(8) NOT NULL, "label" varchar(80) NOT NULL, "cost" integer NOT NULL, "retired_at" timestamp with time zone NULL, "authority_id" uuid NOT NULL, "flow_id" uuid NOT NULL);
CREATE TABLE "participation_flowrevision" ("id" uuid NOT NULL PRIMARY KEY, "number" integer NOT NULL, "content" jsonb NOT NULL, "published_at" timestamp with time zone NOT NULL, "flow_id" uuid NOT NULL);
CREATE TABLE "participation_flowrun" ("id" uuid NOT NULL PRIMARY KEY, "kind" varchar(10) NOT NULL, "language" varchar(5) NOT NULL, "seed" integer NOT NULL, "step" varchar(40) NOT NULL, "age_band" varchar(10) NOT NULL, "misses" smallint NOT NULL, "offered" varchar(160)[] NOT NULL, "state" varchar(8) NOT NULL, "due_at" timestamp with time zone NULL, "started_on" date NOT NULL, "heard_on" date NOT NULL, "code_id" uuid NULL, "correspondent_id" uuid NULL, "revision_id" uuid NOT NULL);
CREATE TABLE "participation_flowanswer" ("id" uuid NOT NULL PRIMARY KEY, "step" varchar(40) NOT NULL, "kind" varchar(10) NOT NULL, "value" varchar(160) NOT NULL, "record_id" uuid NULL, "run_id" uuid NOT NULL);
CREATE UNIQUE INDEX "one_flow_per_name" ON "participation_flow" ("process_id", (LOWER("name")));
ALTER TABLE "participation_flowcode" ADD CONSTRAINT "one_flow_per_code" UNIQUE ("authority_id", "code");
ALTER TABLE "participation_flowcode" ADD CONSTRAINT "flow_code_costs_nothing_less" CHECK ("cost" >= 0);
ALTER TABLE "participation_flowrevision" ADD CONSTRAINT "one_flow_revision_per_number" UNIQUE ("flow_id", "number");
CREATE INDEX "runs_of_correspondent" ON "participation_flowrun" ("correspondent_id");
CREATE INDEX "runs_falling_silent" ON "participation_flowrun" ("due_at") WHERE "state" = 'open';
CREATE UNIQUE INDEX "one_open_run_per_correspondent" ON "participation_flowrun" ("correspondent_id") WHERE ("correspondent_id" IS NOT NULL AND "state" = 'open');
ALTER TABLE "participation_flowrun" ADD CONSTRAINT "an_open_run_is_due" CHECK ((("due_at" IS NOT NULL AND "state" = 'open') OR (NOT ("state" = 'open') AND "due_at" IS NULL)));
CREATE INDEX "flow_answers_of_record" ON "participation_flowanswer" ("record_id") WHERE "record_id" IS NOT NULL;
ALTER TABLE "participation_flowanswer" ADD CONSTRAINT "one_answer_per_step" UNIQUE ("run_id", "step");
CREATE INDEX "participation_conversation_correspondent_id_8bce9cef" ON "participation_conversation" ("correspondent_id");
ALTER TABLE "participation_flow" ADD CONSTRAINT "participation_flow_process_id_67cd4c9a_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_flow_process_id_67cd4c9a" ON "participation_flow" ("process_id");
ALTER TABLE "participation_flowcode" ADD CONSTRAINT "participation_flowco_authority_id_99dbc5f1_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_flowcode" ADD CONSTRAINT "participation_flowco_flow_id_0a49b359_fk_participa" FOREIGN KEY ("flow_id") REFERENCES "participation_flow" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_flowcode_authority_id_99dbc5f1" ON "participation_flowcode" ("authority_id");
CREATE INDEX "participation_flowcode_flow_id_0a49b359" ON "participation_flowcode" ("flow_id");
ALTER TABLE "participation_flowrevision" ADD CONSTRAINT "participation_flowre_flow_id_cb0ff42a_fk_participa" FOREIGN KEY ("flow_id") REFERENCES "participation_flow" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_flowrun" ADD CONSTRAINT "participation_flowru_code_id_cf68f478_fk_participa" FOREIGN KEY ("code_id") REFERENCES "participation_flowcode" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_flowrun" ADD CONSTRAINT "participation_flowru_correspondent_id_5ed2ea42_fk_messaging" FOREIGN KEY ("correspondent_id") REFERENCES "messaging_correspondent" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_flowrun" ADD CONSTRAINT "participation_flowru_revision_id_50778aa5_fk_participa" FOREIGN KEY ("revision_id") REFERENCES "participation_flowrevision" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_flowrun_code_id_cf68f478" ON "participation_flowrun" ("code_id");
CREATE INDEX "participation_flowrun_revision_id_50778aa5" ON "participation_flowrun" ("revision_id");
ALTER TABLE "participation_flowanswer" ADD CONSTRAINT "participation_flowanswer_record_id_0fe1d49c_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_flowanswer" ADD CONSTRAINT "participation_flowan_run_id_34e1ed05_fk_participa" FOREIGN KEY ("run_id") REFERENCES "participation_flowrun" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE "participation_papersheet" ("id" uuid NOT NULL PRIMARY KEY, "serial" smallint NOT NULL, "code" varchar(8) NOT NULL UNIQUE, "spent_at" timestamp with time zone NULL);
CREATE TABLE "participation_scanfile" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(120) NOT NULL, "received_at" timestamp with time zone NOT NULL, "pages" smallint NOT NULL, "pages_read" smallint NOT NULL, "is_read" boolean NOT NULL, "held_until" timestamp with time zone NULL, "tries" smallint NOT NULL);
CREATE TABLE "participation_paperbatch" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(40) NOT NULL, "gathered_on" date NOT NULL, "is_checked" boolean NOT NULL, "state" varchar(8) NOT NULL, "entered_function" varchar(200) NOT NULL, "opened_at" timestamp with time zone NOT NULL, "verified_function" varchar(200) NOT NULL, "counted_at" timestamp with time zone NULL, "told" jsonb NOT NULL, "entered_by_id" uuid NULL, "poll_id" uuid NULL, "process_id" uuid NOT NULL, "verified_by_id" uuid NULL);
CREATE TABLE "participation_paperrow" ("id" uuid NOT NULL PRIMARY KEY, "hand" smallint NOT NULL, "number" smallint NOT NULL, "age" varchar(10) NOT NULL, "choice" smallint NULL, "body" varchar(6) NOT NULL, "consents" boolean NULL, "first_name" varchar(80) NOT NULL, "text" text NOT NULL, "asks" jsonb NOT NULL, "batch_id" uuid NOT NULL, "sheet_id" uuid NULL);
CREATE TABLE "participation_printrun" ("id" uuid NOT NULL PRIMARY KEY, "code" varchar(6) NOT NULL UNIQUE, "copies" smallint NOT NULL, "layout" jsonb NOT NULL, "question" varchar(300) NOT NULL, "options" jsonb NOT NULL, "printed_at" timestamp with time zone NOT NULL, "poll_id" uuid NULL, "printed_by_id" uuid NULL, "process_id" uuid NOT NULL);
ALTER TABLE "participation_papersheet" ADD COLUMN "run_id" uuid NOT NULL CONSTRAINT "participation_papers_run_id_b772219e_fk_participa" REFERENCES "participation_printrun"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_papers_run_id_b772219e_fk_participa" IMMEDIATE;
CREATE TABLE "participation_scancontent" ("file_id" uuid NOT NULL PRIMARY KEY, "content" bytea NOT NULL);
ALTER TABLE "participation_scanfile" ADD COLUMN "batch_id" uuid NOT NULL CONSTRAINT "participation_scanfi_batch_id_96585d86_fk_participa" REFERENCES "participation_paperbatch"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_scanfi_batch_id_96585d86_fk_participa" IMMEDIATE;
CREATE TABLE "participation_scanpage" ("id" uuid NOT NULL PRIMARY KEY, "number" smallint NOT NULL, "problem" varchar(20) NOT NULL, "is_settled" boolean NOT NULL, "file_id" uuid NOT NULL, "row_id" uuid NULL UNIQUE);
CREATE TABLE "participation_scanpicture" ("id" uuid NOT NULL PRIMARY KEY, "part" varchar(4) NOT NULL, "content" bytea NOT NULL, "page_id" uuid NOT NULL);
CREATE INDEX "paper_batch_of_process" ON "participation_paperbatch" ("process_id", "opened_at" DESC);
ALTER TABLE "participation_paperbatch" ADD CONSTRAINT "one_paper_batch_per_name" UNIQUE ("process_id", "name");
ALTER TABLE "participation_paperbatch" ADD CONSTRAINT "a_count_on_paper_is_checked" CHECK (("poll_id" IS NULL OR "is_checked"));
ALTER TABLE "participation_paperbatch" ADD CONSTRAINT "a_paper_batch_is_checked_by_another" CHECK (("verified_by_id" IS NULL OR "entered_by_id" IS NULL OR NOT ("verified_by_id" = ("entered_by_id") AND "verified_by_id" IS NOT NULL AND "entered_by_id" IS NOT NULL)));
ALTER TABLE "participation_paperrow" ADD CONSTRAINT "one_paper_row_per_number" UNIQUE ("batch_id", "hand", "number");
ALTER TABLE "participation_paperrow" ADD CONSTRAINT "a_paper_sheet_is_entered_once" UNIQUE ("sheet_id", "hand");
ALTER TABLE "participation_paperrow" ADD CONSTRAINT "two_hands" CHECK ("hand" IN (1, 2));
ALTER TABLE "participation_paperrow" ADD CONSTRAINT "nothing_is_kept_of_what_a_child_wrote" CHECK ((("first_name" = '' AND "text" = '') OR NOT ("age" IN ('', 'unsaid', 'under_15'))));
ALTER TABLE "participation_papersheet" ADD CONSTRAINT "one_sheet_per_serial" UNIQUE ("run_id", "serial");
CREATE INDEX "scan_at_work" ON "participation_scanfile" ("received_at") WHERE NOT "is_read";
ALTER TABLE "participation_scanpage" ADD CONSTRAINT "a_scan_page_is_read_once" UNIQUE ("file_id", "number");
ALTER TABLE "participation_scanpicture" ADD CONSTRAINT "one_picture_per_part" UNIQUE ("page_id", "part");
create function refuse_a_printed_code() returns trigger language plpgsql as $$
begin
  if exists (select from participation_papersheet s where s.code = new.code and s.spent_at is null) then
    raise exception 'code % is printed on a sheet of paper', new.code using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger code_is_not_printed before insert on thread_record
  for each row execute function refuse_a_printed_code();

create function refuse_to_print_a_borne_code() returns trigger language plpgsql as $$
begin
  if exists (select from thread_record r where r.code = new.code) then
    raise exception 'code % is borne by a record', new.code using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger printed_code_is_not_borne before insert on participation_papersheet
  for each row when (new.spent_at is null) execute function refuse_to_print_a_borne_code();
CREATE INDEX "participation_papersheet_code_d39e788b_like" ON "participation_papersheet" ("code" varchar_pattern_ops);
ALTER TABLE "participation_paperbatch" ADD CONSTRAINT "participation_paperb_entered_by_id_aad20c17_fk_people_pe" FOREIGN KEY ("entered_by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_paperbatch" ADD CONSTRAINT "participation_paperb_poll_id_99823e58_fk_participa" FOREIGN KEY ("poll_id") REFERENCES "participation_poll" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_paperbatch" ADD CONSTRAINT "participation_paperb_process_id_5876a08c_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_paperbatch" ADD CONSTRAINT "participation_paperb_verified_by_id_ef8084ec_fk_people_pe" FOREIGN KEY ("verified_by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_paperbatch_entered_by_id_aad20c17" ON "participation_paperbatch" ("entered_by_id");
CREATE INDEX "participation_paperbatch_poll_id_99823e58" ON "participation_paperbatch" ("poll_id");
CREATE INDEX "participation_paperbatch_verified_by_id_ef8084ec" ON "participation_paperbatch" ("verified_by_id");
ALTER TABLE "participation_paperrow" ADD CONSTRAINT "participation_paperr_batch_id_45a57708_fk_participa" FOREIGN KEY ("batch_id") REFERENCES "participation_paperbatch" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_paperrow" ADD CONSTRAINT "participation_paperr_sheet_id_bf5920e6_fk_participa" FOREIGN KEY ("sheet_id") REFERENCES "participation_papersheet" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_paperrow_sheet_id_bf5920e6" ON "participation_paperrow" ("sheet_id");
ALTER TABLE "participation_printrun" ADD CONSTRAINT "participation_printr_poll_id_05dec961_fk_participa" FOREIGN KEY ("poll_id") REFERENCES "participation_poll" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_printrun" ADD CONSTRAINT "participation_printr_printed_by_id_ab0b9031_fk_people_pe" FOREIGN KEY ("printed_by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_printrun" ADD CONSTRAINT "participation_printr_process_id_495a40e7_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_printrun_code_de7c6660_like" ON "participation_printrun" ("code" varchar_pattern_ops);
CREATE INDEX "participation_printrun_poll_id_05dec961" ON "participation_printrun" ("poll_id");
CREATE INDEX "participation_printrun_printed_by_id_ab0b9031" ON "participation_printrun" ("printed_by_id");
CREATE INDEX "participation_printrun_process_id_495a40e7" ON "participation_printrun" ("process_id");
ALTER TABLE "participation_scancontent" ADD CONSTRAINT "participation_scanco_file_id_f26bbaef_fk_participa" FOREIGN KEY ("file_id") REFERENCES "participation_scanfile" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_scanfile_batch_id_96585d86" ON "participation_scanfile" ("batch_id");
ALTER TABLE "participation_scanpage" ADD CONSTRAINT "participation_scanpa_file_id_2c0ec276_fk_participa" FOREIGN KEY ("file_id") REFERENCES "participation_scanfile" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_scanpage" ADD CONSTRAINT "participation_scanpa_row_id_3d283fef_fk_participa" FOREIGN KEY ("row_id") REFERENCES "participation_paperrow" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_scanpicture" ADD CONSTRAINT "participation_scanpi_page_id_3a14172e_fk_participa" FOREIGN KEY ("page_id") REFERENCES "participation_scanpage" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE "participation_campaign" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(80) NOT NULL, "starts_on" date NOT NULL, "ends_on" date NOT NULL, "goal" integer NOT NULL, "process_id" uuid NOT NULL);
CREATE TABLE "participation_campaignpublic" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(80) NOT NULL, "bands" varchar(10)[] NOT NULL, "goal" integer NOT NULL, "means" varchar(6)[] NOT NULL, "campaign_id" uuid NOT NULL, "place_id" uuid NULL);
CREATE TABLE "participation_campaigncode" ("id" uuid NOT NULL PRIMARY KEY, "code_id" uuid NOT NULL UNIQUE, "public_id" uuid NOT NULL);
CREATE TABLE "participation_campaignstep" ("id" uuid NOT NULL PRIMARY KEY, "kind" varchar(5) NOT NULL, "due_at" timestamp with time zone NOT NULL, "what" varchar(200) NOT NULL, "means" varchar(6) NOT NULL, "relay" varchar(80) NOT NULL, "done_at" timestamp with time zone NULL, "is_stuck" boolean NOT NULL, "campaign_id" uuid NOT NULL, "flow_id" uuid NULL);
CREATE TABLE "participation_censuscount" ("id" uuid NOT NULL PRIMARY KEY, "age_band" varchar(10) NOT NULL, "people" integer NOT NULL, "source" varchar(200) NOT NULL, "year" smallint NOT NULL, "authority_id" uuid NOT NULL, "place_id" uuid NOT NULL);
CREATE TABLE "participation_flowopening" ("id" uuid NOT NULL PRIMARY KEY, "day" date NOT NULL, "n" integer NOT NULL, "code_id" uuid NOT NULL);
CREATE UNIQUE INDEX "one_campaign_per_name" ON "participation_campaign" ("process_id", (LOWER("name")));
ALTER TABLE "participation_campaign" ADD CONSTRAINT "campaign_ends_later" CHECK ("ends_on" >= ("starts_on"));
ALTER TABLE "participation_campaign" ADD CONSTRAINT "campaign_wants_someone" CHECK ("goal" > 0);
CREATE UNIQUE INDEX "one_public_per_name" ON "participation_campaignpublic" ("campaign_id", (LOWER("name")));
ALTER TABLE "participation_campaignpublic" ADD CONSTRAINT "public_wants_someone" CHECK ("goal" > 0);
CREATE INDEX "campaign_steps_to_carry_out" ON "participation_campaignstep" ("due_at") WHERE ("done_at" IS NULL AND NOT ("kind" = 'task'));
ALTER TABLE "participation_campaignstep" ADD CONSTRAINT "a_step_names_its_flow" CHECK ((("flow_id" IS NULL AND "kind" = 'task') OR (NOT ("kind" = 'task') AND "flow_id" IS NOT NULL)));
ALTER TABLE "participation_censuscount" ADD CONSTRAINT "one_census_count_per_cell" UNIQUE ("authority_id", "place_id", "age_band");
ALTER TABLE "participation_censuscount" ADD CONSTRAINT "census_counts_people" CHECK ("people" >= 0);
ALTER TABLE "participation_flowopening" ADD CONSTRAINT "one_opening_count_per_day" UNIQUE ("code_id", "day");
ALTER TABLE "participation_flowopening" ADD CONSTRAINT "openings_are_counted_from_one" CHECK ("n" > 0);
ALTER TABLE "participation_campaign" ADD CONSTRAINT "participation_campai_process_id_62566fbd_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_campaign_process_id_62566fbd" ON "participation_campaign" ("process_id");
ALTER TABLE "participation_campaignpublic" ADD CONSTRAINT "participation_campai_campaign_id_5deb6dc8_fk_participa" FOREIGN KEY ("campaign_id") REFERENCES "participation_campaign" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_campaignpublic" ADD CONSTRAINT "participation_campai_place_id_255f08cf_fk_thread_pl" FOREIGN KEY ("place_id") REFERENCES "thread_place" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_campaignpublic_place_id_255f08cf" ON "participation_campaignpublic" ("place_id");
ALTER TABLE "participation_campaigncode" ADD CONSTRAINT "participation_campai_code_id_5d60bf4b_fk_participa" FOREIGN KEY ("code_id") REFERENCES "participation_flowcode" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_campaigncode" ADD CONSTRAINT "participation_campai_public_id_0d7b1126_fk_participa" FOREIGN KEY ("public_id") REFERENCES "participation_campaignpublic" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_campaigncode_public_id_0d7b1126" ON "participation_campaigncode" ("public_id");
ALTER TABLE "participation_campaignstep" ADD CONSTRAINT "participation_campai_campaign_id_6e6d2bf9_fk_participa" FOREIGN KEY ("campaign_id") REFERENCES "participation_campaign" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_campaignstep" ADD CONSTRAINT "participation_campai_flow_id_f3a9e3c5_fk_participa" FOREIGN KEY ("flow_id") REFERENCES "participation_flow" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_campaignstep_campaign_id_6e6d2bf9" ON "participation_campaignstep" ("campaign_id");
ALTER TABLE "participation_censuscount" ADD CONSTRAINT "participation_census_authority_id_ba103261_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_censuscount" ADD CONSTRAINT "participation_censuscount_place_id_affbc5cd_fk_thread_place_id" FOREIGN KEY ("place_id") REFERENCES "thread_place" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_censuscount_place_id_affbc5cd" ON "participation_censuscount" ("place_id");
ALTER TABLE "participation_flowopening" ADD CONSTRAINT "participation_flowop_code_id_e86c466c_fk_participa" FOREIGN KEY ("code_id") REFERENCES "participation_flowcode" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE "participation_flowfile" ("id" uuid NOT NULL PRIMARY KEY, "medium" varchar(5) NOT NULL, "state" varchar(8) NOT NULL, "ref" varchar(1000) NOT NULL, "words" varchar(300) NOT NULL, "tries" smallint NOT NULL, "not_before" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "sent_at" timestamp with time zone NOT NULL, "answer_id" uuid NOT NULL UNIQUE, "file_id" varchar(64) NULL, CONSTRAINT "a_flow_file_is_named_while_awaited" CHECK ((("state" = 'awaited' AND NOT ("ref" = '')) OR (NOT ("state" = 'awaited') AND "ref" = ''))), CONSTRAINT "a_flow_file_is_held_while_kept" CHECK ((("file_id" IS NOT NULL AND "state" = 'kept') OR (NOT ("state" = 'kept') AND "file_id" IS NULL))));
ALTER TABLE "participation_flowfile" ADD CONSTRAINT "participation_flowfi_answer_id_e17dfe2c_fk_participa" FOREIGN KEY ("answer_id") REFERENCES "participation_flowanswer" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_flowfile" ADD CONSTRAINT "participation_flowfi_file_id_49c7aa7a_fk_kernel_st" FOREIGN KEY ("file_id") REFERENCES "kernel_storedfile" ("sha256") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_flowfile_file_id_49c7aa7a" ON "participation_flowfile" ("file_id");
CREATE INDEX "participation_flowfile_file_id_49c7aa7a_like" ON "participation_flowfile" ("file_id" varchar_pattern_ops);
CREATE INDEX "flow_files_to_fetch" ON "participation_flowfile" ("not_before") WHERE "state" = 'awaited';
CREATE TABLE "participation_addresslist" ("id" uuid NOT NULL PRIMARY KEY, "kind" varchar(10) NOT NULL, "name" varchar(80) NOT NULL, "language" varchar(5) NOT NULL, "source" varchar(200) NOT NULL, "basis" varchar(11) NOT NULL, "given_on" date NOT NULL, "erase_on" date NOT NULL, "size" integer NOT NULL, "stopped" integer NOT NULL, "created_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL, "erased_at" timestamp with time zone NULL, "campaign_id" uuid NOT NULL);
CREATE TABLE "participation_flowinvitation" ("id" uuid NOT NULL PRIMARY KEY, "why" varchar(600) NOT NULL, "is_open" boolean NOT NULL, "code_id" uuid NOT NULL, "correspondent_id" uuid NOT NULL UNIQUE);
CREATE TABLE "participation_listedaddress" ("id" uuid NOT NULL PRIMARY KEY, "address_list_id" uuid NOT NULL, "correspondent_id" uuid NOT NULL);
CREATE TABLE "participation_listwave" ("id" uuid NOT NULL PRIMARY KEY, "body" text NOT NULL, "values" jsonb NOT NULL, "why" varchar(600) NOT NULL, "parts" smallint NOT NULL, "fare" integer NOT NULL, "state" varchar(7) NOT NULL, "reason" varchar(300) NOT NULL, "begun_at" timestamp with time zone NOT NULL, "over_at" timestamp with time zone NULL, "is_settled" boolean NOT NULL, "sent" integer NOT NULL, "delivered" integer NOT NULL, "failed" integer NOT NULL, "stopped" integer NOT NULL, "address_list_id" uuid NOT NULL, "code_id" uuid NOT NULL, "template_id" uuid NULL);
CREATE UNIQUE INDEX "one_list_per_name" ON "participation_addresslist" ("campaign_id", (LOWER("name")));
ALTER TABLE "participation_addresslist" ADD CONSTRAINT "a_list_says_where_it_comes_from" CHECK (NOT ("source" = ''));
ALTER TABLE "participation_listedaddress" ADD CONSTRAINT "one_line_per_correspondent" UNIQUE ("address_list_id", "correspondent_id");
CREATE INDEX "waves_to_follow" ON "participation_listwave" ("begun_at") WHERE NOT "is_settled";
CREATE UNIQUE INDEX "one_wave_at_a_time" ON "participation_listwave" ("address_list_id") WHERE "state" IN ('running', 'paused');
ALTER TABLE "participation_listwave" ADD CONSTRAINT "a_message_costs_nothing_less" CHECK ("fare" >= 0);
ALTER TABLE "participation_listwave" ADD CONSTRAINT "what_arrives_has_left" CHECK ("delivered" <= ("sent"));
ALTER TABLE "participation_addresslist" ADD CONSTRAINT "participation_addres_campaign_id_8c7d1012_fk_participa" FOREIGN KEY ("campaign_id") REFERENCES "participation_campaign" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_flowinvitation" ADD CONSTRAINT "participation_flowin_code_id_85ae78ad_fk_participa" FOREIGN KEY ("code_id") REFERENCES "participation_flowcode" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_flowinvitation" ADD CONSTRAINT "participation_flowin_correspondent_id_9713419b_fk_messaging" FOREIGN KEY ("correspondent_id") REFERENCES "messaging_correspondent" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_flowinvitation_code_id_85ae78ad" ON "participation_flowinvitation" ("code_id");
ALTER TABLE "participation_listedaddress" ADD CONSTRAINT "participation_listed_address_list_id_0e36edc8_fk_participa" FOREIGN KEY ("address_list_id") REFERENCES "participation_addresslist" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_listedaddress" ADD CONSTRAINT "participation_listed_correspondent_id_ce915dd8_fk_messaging" FOREIGN KEY ("correspondent_id") REFERENCES "messaging_correspondent" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_listedaddress_correspondent_id_ce915dd8" ON "participation_listedaddress" ("correspondent_id");
ALTER TABLE "participation_listwave" ADD CONSTRAINT "participation_listwa_address_list_id_74ab8b24_fk_participa" FOREIGN KEY ("address_list_id") REFERENCES "participation_addresslist" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_listwave" ADD CONSTRAINT "participation_listwa_code_id_0c6dea3b_fk_participa" FOREIGN KEY ("code_id") REFERENCES "participation_flowcode" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_listwave" ADD CONSTRAINT "participation_listwa_template_id_e8f8512c_fk_messaging" FOREIGN KEY ("template_id") REFERENCES "messaging_messagetemplate" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_listwave_address_list_id_74ab8b24" ON "participation_listwave" ("address_list_id");
CREATE INDEX "participation_listwave_code_id_0c6dea3b" ON "participation_listwave" ("code_id");
CREATE INDEX "flow_files_to_review" ON "participation_flowfile" ("sent_at") WHERE "state" = 'kept';
ALTER TABLE "participation_streetcapture" ADD COLUMN "near_id" uuid NULL CONSTRAINT "participation_street_near_id_fdb5be68_fk_thread_re" REFERENCES "thread_record"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_street_near_id_fdb5be68_fk_thread_re" IMMEDIATE;
ALTER TABLE "participation_streetcapture" ADD COLUMN "newness" varchar(5) DEFAULT '' NOT NULL;
ALTER TABLE "participation_streetcapture" ADD CONSTRAINT "what_is_near_names_what_it_is_near_to" CHECK ((("near_id" IS NOT NULL AND "newness" = 'near') OR (NOT ("newness" = 'near') AND "near_id" IS NULL)));
CREATE INDEX "participation_streetcapture_near_id_fdb5be68" ON "participation_streetcapture" ("near_id");
create trigger code_is_held after insert or update of code on participation_reservedcode
  for each row execute function hold_code();
create trigger held_code_is_spent after update of spent_at on participation_reservedcode
  for each row execute function spend_held_code();
create trigger code_is_held after insert or update of code on participation_papersheet
  for each row execute function hold_code();
create trigger held_code_is_spent after update of spent_at on participation_papersheet
  for each row execute function spend_held_code();

insert into thread_heldcode (code, spent_at) select code, spent_at from participation_reservedcode;
insert into thread_heldcode (code, spent_at) select code, spent_at from participation_papersheet on conflict do nothing;

drop trigger code_is_not_reserved on thread_record;
drop trigger code_is_not_borne on participation_reservedcode;
drop trigger code_is_not_printed on thread_record;
drop trigger printed_code_is_not_borne on participation_papersheet;
drop function refuse_a_reserved_code, refuse_a_borne_code, refuse_a_printed_code, refuse_to_print_a_borne_code;
ALTER TABLE "participation_scanpicture" ALTER COLUMN "part" TYPE varchar(8);
ALTER TABLE "participation_campaign" ADD COLUMN "before" jsonb DEFAULT '{}'::jsonb NOT NULL;
ALTER TABLE "participation_flow" ADD COLUMN "came_at" timestamp with time zone NULL;
update participation_inboxmessage set external_id = ''
where external_id ~ '^(email|widget|kiosk|matrix|push|sms|telegram|whatsapp|webhook):';
ALTER TABLE "participation_flowfile" ADD COLUMN "letter_id" uuid NULL CONSTRAINT "participation_flowfi_letter_id_471e85b9_fk_participa" REFERENCES "participation_inboxmessage"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_flowfi_letter_id_471e85b9_fk_participa" IMMEDIATE;
SET CONSTRAINTS "participation_flowfi_answer_id_e17dfe2c_fk_participa" IMMEDIATE; ALTER TABLE "participation_flowfile" DROP CONSTRAINT "participation_flowfi_answer_id_e17dfe2c_fk_participa";
ALTER TABLE "participation_flowfile" DROP CONSTRAINT "participation_flowfile_answer_id_key";
ALTER TABLE "participation_flowfile" ALTER COLUMN "answer_id" DROP NOT NULL;
CREATE INDEX "participation_flowfile_answer_id_e17dfe2c" ON "participation_flowfile" ("answer_id");
ALTER TABLE "participation_flowfile" ADD CONSTRAINT "participation_flowfi_answer_id_e17dfe2c_fk_participa" FOREIGN KEY ("answer_id") REFERENCES "participation_flowanswer" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "flow_files_of_letter" ON "participation_flowfile" ("letter_id") WHERE "letter_id" IS NOT NULL;
ALTER TABLE "participation_flowfile" ADD CONSTRAINT "a_flow_file_answers_or_came_along" CHECK ((("answer_id" IS NULL OR "letter_id" IS NULL) AND 1 = (CASE WHEN "answer_id" IS NULL THEN 1 ELSE 0 END + CASE WHEN "letter_id" IS NULL THEN 1 ELSE 0 END)));
ALTER TABLE "participation_printrun" ADD COLUMN "age" varchar(10) DEFAULT '' NOT NULL;
ALTER TABLE "participation_printrun" ADD COLUMN "group" varchar(80) DEFAULT '' NOT NULL;
ALTER TABLE "participation_printrun" ADD COLUMN "place" varchar(80) DEFAULT '' NOT NULL;
CREATE TABLE "participation_givenword" ("record_id" uuid NOT NULL PRIMARY KEY, "due_on" date NOT NULL, "given_on" date NOT NULL, "reference" varchar(120) NOT NULL, "signature" varchar(100) NOT NULL, "official_id" uuid NOT NULL, "process_id" uuid NOT NULL);
ALTER TABLE "participation_givenword" ADD CONSTRAINT "participation_givenword_record_id_29fd36e9_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_givenword" ADD CONSTRAINT "participation_givenw_official_id_10b92a14_fk_communiti" FOREIGN KEY ("official_id") REFERENCES "communities_official" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_givenword" ADD CONSTRAINT "participation_givenw_process_id_9e6f1e1a_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_givenword_official_id_10b92a14" ON "participation_givenword" ("official_id");
CREATE INDEX "participation_givenword_process_id_9e6f1e1a" ON "participation_givenword" ("process_id");
ALTER TABLE "participation_papersheet" ADD COLUMN "key_hash" varchar(64) DEFAULT '' NOT NULL;
ALTER TABLE "participation_printrun" ADD COLUMN "keys_drawn_at" timestamp with time zone NULL;
UPDATE "participation_printrun" SET "keys_drawn_at" = "participation_printrun"."printed_at";
set constraints all immediate;
ALTER TABLE "participation_flowcode" ADD COLUMN "screens_epoch" integer DEFAULT 0 NOT NULL;
CREATE TABLE "participation_agendaitem" ("id" uuid NOT NULL PRIMARY KEY, "rank" smallint NOT NULL, "title" varchar(160) NOT NULL, "minutes" smallint NOT NULL CHECK ("minutes" >= 0), "state" varchar(5) NOT NULL, "started_at" timestamp with time zone NULL, "ended_at" timestamp with time zone NULL);
CREATE TABLE "participation_amendment" ("id" uuid NOT NULL PRIMARY KEY, "block_rank" smallint NULL, "text" text NOT NULL, "state" varchar(7) NOT NULL, "reason" varchar(300) NOT NULL, "asked_at" timestamp with time zone NOT NULL, "answered_at" timestamp with time zone NULL);
CREATE TABLE "participation_answeredmark" ("id" uuid NOT NULL PRIMARY KEY, "is_answered" boolean NOT NULL);
CREATE TABLE "participation_attendance" ("id" uuid NOT NULL PRIMARY KEY, "seat" varchar(6) NOT NULL, "name" varchar(80) NOT NULL, "gender" varchar(5) NOT NULL, "is_listed" boolean NOT NULL, "joined_at" timestamp with time zone NOT NULL);
CREATE TABLE "participation_briefing" ("meeting_id" uuid NOT NULL PRIMARY KEY, "stakes" text NOT NULL, "said" text NOT NULL, "to_decide" text NOT NULL, "who_decides" text NOT NULL, "version" integer NOT NULL CHECK ("version" >= 0), "published_at" timestamp with time zone NOT NULL);
CREATE TABLE "participation_captionline" ("id" uuid NOT NULL PRIMARY KEY, "at" timestamp with time zone NOT NULL, "until" timestamp with time zone NULL, "text" varchar(500) NOT NULL, "seat" varchar(6) NOT NULL);
CREATE TABLE "participation_flooroverride" ("id" uuid NOT NULL PRIMARY KEY, "function" varchar(120) NOT NULL, "reason" varchar(200) NOT NULL, "place" smallint NOT NULL CHECK ("place" >= 0), "at" timestamp with time zone NOT NULL);
CREATE TABLE "participation_liveevent" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "number" integer NOT NULL CHECK ("number" >= 0), "topic" varchar(8) NOT NULL, "said" jsonb NOT NULL, "at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL);
CREATE TABLE "participation_livetouch" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "topic" varchar(8) NOT NULL);
CREATE TABLE "participation_meetingteammember" ("id" uuid NOT NULL PRIMARY KEY, "role" varchar(11) NOT NULL, "function" varchar(120) NOT NULL);
CREATE TABLE "participation_minutes" ("id" uuid NOT NULL PRIMARY KEY, "version" smallint NOT NULL CHECK ("version" >= 0), "state" varchar(8) NOT NULL, "catch_up" text NOT NULL, "proposed_at" timestamp with time zone NULL, "contested_until" timestamp with time zone NULL, "approved_at" timestamp with time zone NULL);
CREATE TABLE "participation_minutesblock" ("id" uuid NOT NULL PRIMARY KEY, "rank" smallint NOT NULL, "kind" varchar(8) NOT NULL, "text" text NOT NULL, "seat" varchar(6) NOT NULL);
CREATE TABLE "participation_recording" ("id" uuid NOT NULL PRIMARY KEY, "url" varchar(400) NOT NULL, "label" varchar(120) NOT NULL, "chapters" jsonb NOT NULL, "starts_at" timestamp with time zone NULL);
CREATE TABLE "participation_registration" ("id" uuid NOT NULL PRIMARY KEY, "seat" varchar(6) NOT NULL, "state" varchar(8) NOT NULL, "name" varchar(80) NOT NULL, "needs" varchar(200) NOT NULL, "secret_hash" varchar(64) NOT NULL UNIQUE, "asked_at" timestamp with time zone NOT NULL, "offered_at" timestamp with time zone NULL, "reminded_at" timestamp with time zone NULL);
CREATE TABLE "participation_sounding" ("record_id" uuid NOT NULL PRIMARY KEY, "kind" varchar(8) NOT NULL, "most" smallint NOT NULL CHECK ("most" >= 0), "lowest" varchar(40) NOT NULL, "highest" varchar(40) NOT NULL, "is_hidden" boolean NOT NULL, "is_binding" boolean NOT NULL, "opened_at" timestamp with time zone NULL, "closed_at" timestamp with time zone NULL, "later_until" timestamp with time zone NULL, "counted" jsonb NOT NULL, "counted_at" timestamp with time zone NULL, "is_final" boolean NOT NULL);
CREATE TABLE "participation_soundingcount" ("id" uuid NOT NULL PRIMARY KEY, "by" varchar(5) NOT NULL, "counts" jsonb NOT NULL, "total" integer NOT NULL CHECK ("total" >= 0), "entered_at" timestamp with time zone NOT NULL, "verified_at" timestamp with time zone NULL);
CREATE TABLE "participation_soundingoption" ("id" uuid NOT NULL PRIMARY KEY, "rank" smallint NOT NULL, "label" varchar(120) NOT NULL);
CREATE TABLE "participation_soundingvoice" ("id" uuid NOT NULL PRIMARY KEY, "seat" varchar(6) NOT NULL, "given" jsonb NOT NULL, "given_at" timestamp with time zone DEFAULT (STATEMENT_TIMESTAMP()) NOT NULL);
CREATE TABLE "participation_speakingturn" ("id" uuid NOT NULL PRIMARY KEY, "name" varchar(80) NOT NULL, "seat" varchar(6) NOT NULL, "side" varchar(7) NOT NULL, "gender" varchar(5) NOT NULL, "state" varchar(8) NOT NULL, "asked_at" timestamp with time zone NOT NULL, "started_at" timestamp with time zone NULL, "ended_at" timestamp with time zone NULL);
CREATE TABLE "participation_spokenanswer" ("id" uuid NOT NULL PRIMARY KEY, "text" text NOT NULL, "function" varchar(120) NOT NULL, "is_by_delegation" boolean NOT NULL, "state" varchar(8) NOT NULL, "written_at" timestamp with time zone NOT NULL, "approved_at" timestamp with time zone NULL);
CREATE TABLE "participation_wallquestion" ("record_id" uuid NOT NULL PRIMARY KEY, "seat" varchar(6) NOT NULL, "is_ahead" boolean NOT NULL, "put_at" timestamp with time zone NULL, "answered_at" timestamp with time zone NULL);
ALTER TABLE "participation_meeting" ADD COLUMN "body_id" uuid NULL CONSTRAINT "participation_meetin_body_id_9c36dc91_fk_communiti" REFERENCES "communities_organisation"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_meetin_body_id_9c36dc91_fk_communiti" IMMEDIATE;
ALTER TABLE "participation_meeting" ADD COLUMN "captions_url" varchar(400) DEFAULT '' NOT NULL;
ALTER TABLE "participation_meeting" ADD COLUMN "closed_at" timestamp with time zone NULL;
ALTER TABLE "participation_meeting" ADD COLUMN "floor_rule" varchar(9) DEFAULT 'seats' NOT NULL;
ALTER TABLE "participation_meeting" ADD COLUMN "form" varchar(12) DEFAULT 'meeting' NOT NULL;
ALTER TABLE "participation_meeting" ADD COLUMN "join_code" varchar(6) DEFAULT '' NOT NULL;
ALTER TABLE "participation_meeting" ADD COLUMN "later_hours" smallint DEFAULT 0 NOT NULL CHECK ("later_hours" >= 0);
ALTER TABLE "participation_meeting" ADD COLUMN "opened_at" timestamp with time zone NULL;
ALTER TABLE "participation_meeting" ADD COLUMN "phone" varchar(40) DEFAULT '' NOT NULL;
ALTER TABLE "participation_meeting" ADD COLUMN "questions_from" timestamp with time zone NULL;
ALTER TABLE "participation_meeting" ADD COLUMN "remote_capacity" integer NULL CHECK ("remote_capacity" >= 0);
ALTER TABLE "participation_meeting" ADD COLUMN "room_capacity" integer NULL CHECK ("room_capacity" >= 0);
ALTER TABLE "participation_meeting" ADD COLUMN "takes_registrations" boolean DEFAULT false NOT NULL;
ALTER TABLE "participation_meeting" ADD COLUMN "video" varchar(6) DEFAULT '' NOT NULL;
ALTER TABLE "participation_meeting" ADD COLUMN "video_url" varchar(400) DEFAULT '' NOT NULL;
SET CONSTRAINTS "participation_meetin_process_id_772813fe_fk_participa" IMMEDIATE; ALTER TABLE "participation_meeting" DROP CONSTRAINT "participation_meetin_process_id_772813fe_fk_participa";
ALTER TABLE "participation_meeting" ALTER COLUMN "process_id" DROP NOT NULL;
ALTER TABLE "participation_meeting" ADD CONSTRAINT "participation_meetin_process_id_772813fe_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX "one_meeting_per_join_code" ON "participation_meeting" ("join_code") WHERE NOT ("join_code" = '');
ALTER TABLE "participation_meeting" ADD CONSTRAINT "a_meeting_closes_after_it_opened" CHECK (("closed_at" IS NULL OR "closed_at" >= ("opened_at")));
ALTER TABLE "participation_meeting" ADD CONSTRAINT "later_is_within_a_month" CHECK ("later_hours" <= 720);
ALTER TABLE "participation_agendaitem" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_agenda_meeting_id_7247ff7c_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_agenda_meeting_id_7247ff7c_fk_participa" IMMEDIATE;
ALTER TABLE "participation_amendment" ADD COLUMN "person_id" uuid NULL CONSTRAINT "participation_amendment_person_id_d5702490_fk_people_person_id" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_amendment_person_id_d5702490_fk_people_person_id" IMMEDIATE;
ALTER TABLE "participation_answeredmark" ADD COLUMN "person_id" uuid NOT NULL CONSTRAINT "participation_answer_person_id_0506d733_fk_people_pe" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_answer_person_id_0506d733_fk_people_pe" IMMEDIATE;
ALTER TABLE "participation_attendance" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_attend_meeting_id_6a48267d_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_attend_meeting_id_6a48267d_fk_participa" IMMEDIATE;
ALTER TABLE "participation_attendance" ADD COLUMN "person_id" uuid NOT NULL CONSTRAINT "participation_attendance_person_id_e7657ac1_fk_people_person_id" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_attendance_person_id_e7657ac1_fk_people_person_id" IMMEDIATE;
ALTER TABLE "participation_captionline" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_captio_meeting_id_ab734ea7_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_captio_meeting_id_ab734ea7_fk_participa" IMMEDIATE;
ALTER TABLE "participation_flooroverride" ADD COLUMN "by_id" uuid NULL CONSTRAINT "participation_flooroverride_by_id_a816dedb_fk_people_person_id" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_flooroverride_by_id_a816dedb_fk_people_person_id" IMMEDIATE;
ALTER TABLE "participation_flooroverride" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_flooro_meeting_id_14b75cc8_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_flooro_meeting_id_14b75cc8_fk_participa" IMMEDIATE;
ALTER TABLE "participation_liveevent" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_liveev_meeting_id_ae5a484f_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_liveev_meeting_id_ae5a484f_fk_participa" IMMEDIATE;
ALTER TABLE "participation_livetouch" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_liveto_meeting_id_8449f88d_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_liveto_meeting_id_8449f88d_fk_participa" IMMEDIATE;
ALTER TABLE "participation_meetingteammember" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_meetin_meeting_id_b0ea40d2_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_meetin_meeting_id_b0ea40d2_fk_participa" IMMEDIATE;
ALTER TABLE "participation_meetingteammember" ADD COLUMN "person_id" uuid NOT NULL CONSTRAINT "participation_meetin_person_id_98d777ad_fk_people_pe" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_meetin_person_id_98d777ad_fk_people_pe" IMMEDIATE;
ALTER TABLE "participation_minutes" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_minute_meeting_id_901b19c0_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_minute_meeting_id_901b19c0_fk_participa" IMMEDIATE;
ALTER TABLE "participation_amendment" ADD COLUMN "minutes_id" uuid NOT NULL CONSTRAINT "participation_amendm_minutes_id_0fc7588a_fk_participa" REFERENCES "participation_minutes"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_amendm_minutes_id_0fc7588a_fk_participa" IMMEDIATE;
ALTER TABLE "participation_minutesblock" ADD COLUMN "about_id" uuid NULL CONSTRAINT "participation_minute_about_id_4d4e0274_fk_thread_re" REFERENCES "thread_record"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_minute_about_id_4d4e0274_fk_thread_re" IMMEDIATE;
ALTER TABLE "participation_minutesblock" ADD COLUMN "item_id" uuid NULL CONSTRAINT "participation_minute_item_id_d6ba1a97_fk_participa" REFERENCES "participation_agendaitem"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_minute_item_id_d6ba1a97_fk_participa" IMMEDIATE;
ALTER TABLE "participation_minutesblock" ADD COLUMN "minutes_id" uuid NOT NULL CONSTRAINT "participation_minute_minutes_id_8ed85ff7_fk_participa" REFERENCES "participation_minutes"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_minute_minutes_id_8ed85ff7_fk_participa" IMMEDIATE;
ALTER TABLE "participation_recording" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_record_meeting_id_80d198e4_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_record_meeting_id_80d198e4_fk_participa" IMMEDIATE;
ALTER TABLE "participation_registration" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_regist_meeting_id_7ca788c2_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_regist_meeting_id_7ca788c2_fk_participa" IMMEDIATE;
ALTER TABLE "participation_registration" ADD COLUMN "person_id" uuid NOT NULL CONSTRAINT "participation_regist_person_id_4665627d_fk_people_pe" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_regist_person_id_4665627d_fk_people_pe" IMMEDIATE;
ALTER TABLE "participation_sounding" ADD COLUMN "again_of_id" uuid NULL UNIQUE CONSTRAINT "participation_soundi_again_of_id_3e928cd1_fk_participa" REFERENCES "participation_sounding"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_soundi_again_of_id_3e928cd1_fk_participa" IMMEDIATE;
ALTER TABLE "participation_sounding" ADD COLUMN "item_id" uuid NULL CONSTRAINT "participation_soundi_item_id_5b993a9b_fk_participa" REFERENCES "participation_agendaitem"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_soundi_item_id_5b993a9b_fk_participa" IMMEDIATE;
ALTER TABLE "participation_sounding" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_soundi_meeting_id_0a17a5c8_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_soundi_meeting_id_0a17a5c8_fk_participa" IMMEDIATE;
ALTER TABLE "participation_soundingcount" ADD COLUMN "entered_by_id" uuid NULL CONSTRAINT "participation_soundi_entered_by_id_c26c033f_fk_people_pe" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_soundi_entered_by_id_c26c033f_fk_people_pe" IMMEDIATE;
ALTER TABLE "participation_soundingcount" ADD COLUMN "sounding_id" uuid NOT NULL CONSTRAINT "participation_soundi_sounding_id_be082f8c_fk_participa" REFERENCES "participation_sounding"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_soundi_sounding_id_be082f8c_fk_participa" IMMEDIATE;
ALTER TABLE "participation_soundingcount" ADD COLUMN "verified_by_id" uuid NULL CONSTRAINT "participation_soundi_verified_by_id_e76e599c_fk_people_pe" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_soundi_verified_by_id_e76e599c_fk_people_pe" IMMEDIATE;
ALTER TABLE "participation_soundingoption" ADD COLUMN "sounding_id" uuid NOT NULL CONSTRAINT "participation_soundi_sounding_id_755ce6d7_fk_participa" REFERENCES "participation_sounding"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_soundi_sounding_id_755ce6d7_fk_participa" IMMEDIATE;
ALTER TABLE "participation_soundingvoice" ADD COLUMN "person_id" uuid NULL CONSTRAINT "participation_soundi_person_id_175afbb2_fk_people_pe" REFERENCES "people_person"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_soundi_person_id_175afbb2_fk_people_pe" IMMEDIATE;
ALTER TABLE "participation_soundingvoice" ADD COLUMN "sounding_id" uuid NOT NULL CONSTRAINT "participation_soundi_sounding_id_9e2d5368_fk_participa" REFERENCES "participation_sounding"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_soundi_sounding_id_9e2d5368_fk_participa" IMMEDIATE;
ALTER TABLE "participation_speakingturn" ADD COLUMN "attendance_id" uuid NULL CONSTRAINT "participation_speaki_attendance_id_3716ff53_fk_participa" REFERENCES "participation_attendance"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_speaki_attendance_id_3716ff53_fk_participa" IMMEDIATE;
ALTER TABLE "participation_speakingturn" ADD COLUMN "item_id" uuid NULL CONSTRAINT "participation_speaki_item_id_f2b55e17_fk_participa" REFERENCES "participation_agendaitem"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_speaki_item_id_f2b55e17_fk_participa" IMMEDIATE;
ALTER TABLE "participation_speakingturn" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_speaki_meeting_id_c8b40097_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_speaki_meeting_id_c8b40097_fk_participa" IMMEDIATE;
ALTER TABLE "participation_flooroverride" ADD COLUMN "turn_id" uuid NOT NULL CONSTRAINT "participation_flooro_turn_id_bf3809a3_fk_participa" REFERENCES "participation_speakingturn"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_flooro_turn_id_bf3809a3_fk_participa" IMMEDIATE;
ALTER TABLE "participation_wallquestion" ADD COLUMN "item_id" uuid NULL CONSTRAINT "participation_wallqu_item_id_1fd3a8fc_fk_participa" REFERENCES "participation_agendaitem"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_wallqu_item_id_1fd3a8fc_fk_participa" IMMEDIATE;
ALTER TABLE "participation_wallquestion" ADD COLUMN "meeting_id" uuid NOT NULL CONSTRAINT "participation_wallqu_meeting_id_5208e5b7_fk_participa" REFERENCES "participation_meeting"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_wallqu_meeting_id_5208e5b7_fk_participa" IMMEDIATE;
ALTER TABLE "participation_wallquestion" ADD COLUMN "objects_to_id" uuid NULL CONSTRAINT "participation_wallqu_objects_to_id_f0dcdcf5_fk_participa" REFERENCES "participation_sounding"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_wallqu_objects_to_id_f0dcdcf5_fk_participa" IMMEDIATE;
ALTER TABLE "participation_spokenanswer" ADD COLUMN "question_id" uuid NOT NULL CONSTRAINT "participation_spoken_question_id_8697ba06_fk_participa" REFERENCES "participation_wallquestion"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_spoken_question_id_8697ba06_fk_participa" IMMEDIATE;
ALTER TABLE "participation_answeredmark" ADD COLUMN "question_id" uuid NOT NULL CONSTRAINT "participation_answer_question_id_b90cd4c9_fk_participa" REFERENCES "participation_wallquestion"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_answer_question_id_b90cd4c9_fk_participa" IMMEDIATE;
ALTER TABLE "participation_agendaitem" ADD CONSTRAINT "one_item_per_rank" UNIQUE ("meeting_id", "rank") DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX "one_item_under_way" ON "participation_agendaitem" ("meeting_id") WHERE "state" = 'now';
ALTER TABLE "participation_agendaitem" ADD CONSTRAINT "an_item_ends_later" CHECK (("ended_at" IS NULL OR "ended_at" >= ("started_at")));
CREATE INDEX "attendance_by_seat" ON "participation_attendance" ("meeting_id", "seat");
ALTER TABLE "participation_attendance" ADD CONSTRAINT "one_attendance_per_person" UNIQUE ("meeting_id", "person_id");
CREATE INDEX "captions_in_order" ON "participation_captionline" ("meeting_id", "at", "id");
ALTER TABLE "participation_liveevent" ADD CONSTRAINT "one_event_per_number" UNIQUE ("meeting_id", "number");
ALTER TABLE "participation_meetingteammember" ADD CONSTRAINT "one_role_of_a_kind_in_a_meeting" UNIQUE ("meeting_id", "person_id", "role");
ALTER TABLE "participation_minutes" ADD CONSTRAINT "one_minutes_per_version" UNIQUE ("meeting_id", "version");
CREATE UNIQUE INDEX "one_draft_of_minutes" ON "participation_minutes" ("meeting_id") WHERE "state" = 'draft';
CREATE INDEX "amendments_of_minutes" ON "participation_amendment" ("minutes_id", "asked_at");
ALTER TABLE "participation_minutesblock" ADD CONSTRAINT "one_block_per_rank" UNIQUE ("minutes_id", "rank");
CREATE INDEX "recordings_of_a_meeting" ON "participation_recording" ("meeting_id");
CREATE INDEX "waiting_list" ON "participation_registration" ("meeting_id", "seat", "state", "asked_at", "id");
ALTER TABLE "participation_registration" ADD CONSTRAINT "one_registration_per_person" UNIQUE ("meeting_id", "person_id");
ALTER TABLE "participation_sounding" ADD CONSTRAINT "a_sounding_closes_later" CHECK (("closed_at" IS NULL OR "closed_at" >= ("opened_at")));
ALTER TABLE "participation_sounding" ADD CONSTRAINT "a_sounding_asks_a_few_things" CHECK (("most" >= 1 AND "most" <= 20));
ALTER TABLE "participation_soundingcount" ADD CONSTRAINT "one_count_per_way" UNIQUE ("sounding_id", "by");
ALTER TABLE "participation_soundingcount" ADD CONSTRAINT "a_count_is_verified_by_another" CHECK (("verified_by_id" IS NULL OR "entered_by_id" IS NULL OR NOT ("verified_by_id" = ("entered_by_id") AND "verified_by_id" IS NOT NULL AND "entered_by_id" IS NOT NULL)));
ALTER TABLE "participation_soundingoption" ADD CONSTRAINT "one_sounding_option_per_rank" UNIQUE ("sounding_id", "rank");
ALTER TABLE "participation_soundingvoice" ADD CONSTRAINT "one_voice_per_person_and_sounding" UNIQUE ("sounding_id", "person_id");
CREATE INDEX "floor_queue" ON "participation_speakingturn" ("meeting_id", "state", "asked_at", "id");
CREATE UNIQUE INDEX "one_hand_up_per_person" ON "participation_speakingturn" ("meeting_id", "attendance_id") WHERE ("state" IN ('waiting', 'speaking') AND NOT ("attendance_id" IS NULL));
CREATE UNIQUE INDEX "one_speaks_at_a_time" ON "participation_speakingturn" ("meeting_id") WHERE "state" = 'speaking';
ALTER TABLE "participation_speakingturn" ADD CONSTRAINT "a_turn_ends_later" CHECK (("ended_at" IS NULL OR "ended_at" >= ("started_at")));
CREATE INDEX "overrides_of_a_meeting" ON "participation_flooroverride" ("meeting_id", "at");
CREATE INDEX "wall_of_a_meeting" ON "participation_wallquestion" ("meeting_id", "record_id");
CREATE INDEX "answers_of_a_question" ON "participation_spokenanswer" ("question_id", "written_at");
ALTER TABLE "participation_answeredmark" ADD CONSTRAINT "one_answered_mark_per_person" UNIQUE ("question_id", "person_id");
ALTER TABLE "participation_briefing" ADD CONSTRAINT "participation_briefi_meeting_id_56e5404c_fk_participa" FOREIGN KEY ("meeting_id") REFERENCES "participation_meeting" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_registration_secret_hash_10359146_like" ON "participation_registration" ("secret_hash" varchar_pattern_ops);
ALTER TABLE "participation_sounding" ADD CONSTRAINT "participation_sounding_record_id_b3113107_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_wallquestion" ADD CONSTRAINT "participation_wallqu_record_id_08e24d18_fk_thread_re" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_meeting_body_id_9c36dc91" ON "participation_meeting" ("body_id");
CREATE INDEX "participation_amendment_person_id_d5702490" ON "participation_amendment" ("person_id");
CREATE INDEX "participation_answeredmark_person_id_0506d733" ON "participation_answeredmark" ("person_id");
CREATE INDEX "participation_attendance_person_id_e7657ac1" ON "participation_attendance" ("person_id");
CREATE INDEX "participation_flooroverride_by_id_a816dedb" ON "participation_flooroverride" ("by_id");
CREATE INDEX "participation_meetingteammember_person_id_98d777ad" ON "participation_meetingteammember" ("person_id");
CREATE INDEX "participation_minutesblock_about_id_4d4e0274" ON "participation_minutesblock" ("about_id");
CREATE INDEX "participation_minutesblock_item_id_d6ba1a97" ON "participation_minutesblock" ("item_id");
CREATE INDEX "participation_registration_person_id_4665627d" ON "participation_registration" ("person_id");
CREATE INDEX "participation_sounding_item_id_5b993a9b" ON "participation_sounding" ("item_id");
CREATE INDEX "participation_sounding_meeting_id_0a17a5c8" ON "participation_sounding" ("meeting_id");
CREATE INDEX "participation_soundingcount_entered_by_id_c26c033f" ON "participation_soundingcount" ("entered_by_id");
CREATE INDEX "participation_soundingcount_verified_by_id_e76e599c" ON "participation_soundingcount" ("verified_by_id");
CREATE INDEX "participation_soundingvoice_person_id_175afbb2" ON "participation_soundingvoice" ("person_id");
CREATE INDEX "participation_speakingturn_attendance_id_3716ff53" ON "participation_speakingturn" ("attendance_id");
CREATE INDEX "participation_speakingturn_item_id_f2b55e17" ON "participation_speakingturn" ("item_id");
CREATE INDEX "participation_flooroverride_turn_id_bf3809a3" ON "participation_flooroverride" ("turn_id");
CREATE INDEX "participation_wallquestion_item_id_1fd3a8fc" ON "participation_wallquestion" ("item_id");
CREATE INDEX "participation_wallquestion_objects_to_id_f0dcdcf5" ON "participation_wallquestion" ("objects_to_id");
ALTER TABLE "participation_meeting" ADD COLUMN "reads_questions_first" boolean DEFAULT false NOT NULL;
CREATE TABLE "participation_suggestedfact" ("id" uuid NOT NULL PRIMARY KEY, "text" varchar(400) NOT NULL, "written_at" timestamp with time zone NOT NULL, "question_id" uuid NOT NULL, "service_id" uuid NULL);
ALTER TABLE "participation_suggestedfact" ADD CONSTRAINT "participation_sugges_question_id_aff513b9_fk_participa" FOREIGN KEY ("question_id") REFERENCES "participation_wallquestion" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_suggestedfact" ADD CONSTRAINT "participation_sugges_service_id_73dbf5eb_fk_communiti" FOREIGN KEY ("service_id") REFERENCES "communities_service" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_suggestedfact_service_id_73dbf5eb" ON "participation_suggestedfact" ("service_id");
CREATE INDEX "facts_of_a_question" ON "participation_suggestedfact" ("question_id", "written_at");
CREATE TABLE "participation_agendapoint" ("id" uuid NOT NULL PRIMARY KEY, "title" varchar(160) NOT NULL, "why" varchar(400) NOT NULL, "proposed_on" date NOT NULL, "house_id" uuid NOT NULL, "item_id" uuid NULL UNIQUE);
CREATE TABLE "participation_housetopic" ("record_id" uuid NOT NULL PRIMARY KEY, "house_id" uuid NOT NULL);
CREATE TABLE "participation_opinion" ("record_id" uuid NOT NULL PRIMARY KEY, "state" varchar(7) NOT NULL, "version" integer NOT NULL CHECK ("version" >= 0), "adopted_on" date NULL, "adoption_id" uuid NULL UNIQUE, "house_id" uuid NOT NULL);
CREATE TABLE "participation_minorityview" ("id" uuid NOT NULL PRIMARY KEY, "text" text NOT NULL, "voices_told" integer NOT NULL CHECK ("voices_told" >= 0), "opinion_id" uuid NOT NULL);
CREATE TABLE "participation_referral" ("record_id" uuid NOT NULL PRIMARY KEY, "sent_on" date NOT NULL, "signed_name" varchar(120) NOT NULL, "signed_function" varchar(160) NOT NULL, "answered_on" date NULL, "rating" jsonb NOT NULL, "rated_on" date NULL, "opinion_id" uuid NOT NULL, "respondent_id" uuid NOT NULL);
CREATE TABLE "participation_referralpoint" ("id" uuid NOT NULL PRIMARY KEY, "rank" smallint NOT NULL CHECK ("rank" >= 0), "text" text NOT NULL, "power" varchar(7) NOT NULL, "passed_to" varchar(160) NOT NULL, "reason" text NOT NULL, "referral_id" uuid NOT NULL);
CREATE TABLE "participation_referralrating" ("id" uuid NOT NULL PRIMARY KEY, "answered" varchar(4) NOT NULL, "agrees" varchar(6) NOT NULL, "member_id" uuid NOT NULL, "referral_id" uuid NOT NULL);
CREATE TABLE "participation_handover" ("id" uuid NOT NULL PRIMARY KEY, "mandate" smallint NOT NULL CHECK ("mandate" >= 0), "text" text NOT NULL, "where" text NOT NULL, "handed_on" date NULL, "house_id" uuid NOT NULL, CONSTRAINT "one_hand_over_per_mandate" UNIQUE ("house_id", "mandate"));
CREATE TABLE "participation_minorityvoice" ("id" uuid NOT NULL PRIMARY KEY, "member_id" uuid NOT NULL, "view_id" uuid NOT NULL, CONSTRAINT "one_voice_in_a_minority" UNIQUE ("view_id", "member_id"));
CREATE TABLE "participation_opinionpoint" ("id" uuid NOT NULL PRIMARY KEY, "version" integer NOT NULL CHECK ("version" >= 0), "rank" smallint NOT NULL CHECK ("rank" >= 0), "text" text NOT NULL, "opinion_id" uuid NOT NULL, CONSTRAINT "one_point_per_rank" UNIQUE ("opinion_id", "version", "rank"));
CREATE TABLE "participation_pointsupport" ("id" uuid NOT NULL PRIMARY KEY, "member_id" uuid NOT NULL, "point_id" uuid NOT NULL, CONSTRAINT "one_support_of_a_point" UNIQUE ("point_id", "member_id"));
CREATE UNIQUE INDEX "one_open_referral_of_an_opinion" ON "participation_referral" ("opinion_id") WHERE "answered_on" IS NULL;
ALTER TABLE "participation_referralpoint" ADD CONSTRAINT "one_referred_point_per_rank" UNIQUE ("referral_id", "rank");
ALTER TABLE "participation_referralpoint" ADD CONSTRAINT "a_point_is_passed_to_someone" CHECK ((NOT ("power" = 'passed') OR NOT ("passed_to" = '')));
ALTER TABLE "participation_referralpoint" ADD CONSTRAINT "a_point_is_answered_with_a_reason" CHECK (("power" = '' OR NOT ("reason" = '')));
ALTER TABLE "participation_referralrating" ADD CONSTRAINT "one_rating_per_member" UNIQUE ("referral_id", "member_id");
ALTER TABLE "participation_agendapoint" ADD CONSTRAINT "participation_agenda_house_id_2d0ebcd8_fk_communiti" FOREIGN KEY ("house_id") REFERENCES "communities_house" ("organisation_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_agendapoint" ADD CONSTRAINT "participation_agenda_item_id_ef02948a_fk_participa" FOREIGN KEY ("item_id") REFERENCES "participation_agendaitem" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_agendapoint_house_id_2d0ebcd8" ON "participation_agendapoint" ("house_id");
ALTER TABLE "participation_housetopic" ADD CONSTRAINT "participation_housetopic_record_id_e2481e8d_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_housetopic" ADD CONSTRAINT "participation_houset_house_id_19e91023_fk_communiti" FOREIGN KEY ("house_id") REFERENCES "communities_house" ("organisation_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_housetopic_house_id_19e91023" ON "participation_housetopic" ("house_id");
ALTER TABLE "participation_opinion" ADD CONSTRAINT "participation_opinion_record_id_0e0a27f1_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_opinion" ADD CONSTRAINT "participation_opinio_adoption_id_cc06d701_fk_communiti" FOREIGN KEY ("adoption_id") REFERENCES "communities_adoption" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_opinion" ADD CONSTRAINT "participation_opinio_house_id_96966609_fk_communiti" FOREIGN KEY ("house_id") REFERENCES "communities_house" ("organisation_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_opinion_house_id_96966609" ON "participation_opinion" ("house_id");
ALTER TABLE "participation_minorityview" ADD CONSTRAINT "participation_minori_opinion_id_ab43064a_fk_participa" FOREIGN KEY ("opinion_id") REFERENCES "participation_opinion" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_minorityview_opinion_id_ab43064a" ON "participation_minorityview" ("opinion_id");
ALTER TABLE "participation_referral" ADD CONSTRAINT "participation_referral_record_id_4812df0b_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_referral" ADD CONSTRAINT "participation_referr_opinion_id_7ecfa247_fk_participa" FOREIGN KEY ("opinion_id") REFERENCES "participation_opinion" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_referral" ADD CONSTRAINT "participation_referr_respondent_id_953dca23_fk_communiti" FOREIGN KEY ("respondent_id") REFERENCES "communities_official" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_referral_opinion_id_7ecfa247" ON "participation_referral" ("opinion_id");
CREATE INDEX "participation_referral_respondent_id_953dca23" ON "participation_referral" ("respondent_id");
ALTER TABLE "participation_referralpoint" ADD CONSTRAINT "participation_referr_referral_id_b4d37410_fk_participa" FOREIGN KEY ("referral_id") REFERENCES "participation_referral" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_referralrating" ADD CONSTRAINT "participation_referr_member_id_cc888703_fk_communiti" FOREIGN KEY ("member_id") REFERENCES "communities_housemember" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_referralrating" ADD CONSTRAINT "participation_referr_referral_id_55345da4_fk_participa" FOREIGN KEY ("referral_id") REFERENCES "participation_referral" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_referralrating_member_id_cc888703" ON "participation_referralrating" ("member_id");
ALTER TABLE "participation_handover" ADD CONSTRAINT "participation_handov_house_id_3b80c65c_fk_communiti" FOREIGN KEY ("house_id") REFERENCES "communities_house" ("organisation_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_minorityvoice" ADD CONSTRAINT "participation_minori_member_id_1d319b21_fk_communiti" FOREIGN KEY ("member_id") REFERENCES "communities_housemember" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_minorityvoice" ADD CONSTRAINT "participation_minori_view_id_fe4c9a10_fk_participa" FOREIGN KEY ("view_id") REFERENCES "participation_minorityview" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_minorityvoice_member_id_1d319b21" ON "participation_minorityvoice" ("member_id");
ALTER TABLE "participation_opinionpoint" ADD CONSTRAINT "participation_opinio_opinion_id_53643205_fk_participa" FOREIGN KEY ("opinion_id") REFERENCES "participation_opinion" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_pointsupport" ADD CONSTRAINT "participation_points_member_id_2cfc5a4a_fk_communiti" FOREIGN KEY ("member_id") REFERENCES "communities_housemember" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "participation_pointsupport" ADD CONSTRAINT "participation_points_point_id_df31ad99_fk_participa" FOREIGN KEY ("point_id") REFERENCES "participation_agendapoint" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "participation_pointsupport_member_id_2cfc5a4a" ON "participation_pointsupport" ("member_id");
ALTER TABLE "participation_wallquestion" ADD COLUMN "supports" integer DEFAULT 0 NOT NULL CHECK ("supports" >= 0);
ALTER TABLE "participation_wallquestion" ADD COLUMN "merged" integer DEFAULT 0 NOT NULL CHECK ("merged" >= 0);
with told as (
  select record_id as id, record_id as said from participation_wallquestion
  union all
  select l.target_id, l.source_id from participation_wallquestion q
  join thread_record r on r.id = q.record_id and r.visibility = 'public'
  join thread_link l on l.source_id = q.record_id and l.kind = 'merged_into' and l.ended_by_id is null
), counted as (
  select told.id, count(distinct coalesce(p.root_id, p.id)) as supports, count(distinct told.said) - 1 as merged
  from told left join thread_support s on s.record_id = told.said left join people_person p on p.id = s.person_id
  group by told.id
)
update participation_wallquestion q set supports = counted.supports, merged = counted.merged
from counted where q.record_id = counted.id and (counted.supports > 0 or counted.merged > 0);
ALTER TABLE "participation_referralpoint" ADD COLUMN "commitment_id" uuid NULL UNIQUE CONSTRAINT "participation_referr_commitment_id_f5a97d26_fk_participa" REFERENCES "participation_commitment"("record_id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "participation_referr_commitment_id_f5a97d26_fk_participa" IMMEDIATE;
ALTER TABLE "participation_referralpoint" ADD CONSTRAINT "only_own_points_are_promised" CHECK (("commitment_id" IS NULL OR "power" = 'own'));
CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;

CREATE TABLE IF NOT EXISTS procrastinate_version (
    id BIGSERIAL PRIMARY KEY,
    version TEXT,
    name TEXT,
    applied_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);

CREATE TYPE procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TABLE procrastinate_jobs (
    id bigserial PRIMARY KEY,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}' NOT NULL,
    status procrastinate_job_status DEFAULT 'todo'::procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone NULL,
    started_at timestamp with time zone NULL,
    attempts integer DEFAULT 0 NOT NULL
);

CREATE TABLE procrastinate_events (
    id BIGSERIAL PRIMARY KEY,
    job_id integer NOT NULL REFERENCES procrastinate_jobs ON DELETE CASCADE,
    type procrastinate_job_event_type,
    at timestamp with time zone DEFAULT NOW() NULL
);

CREATE TABLE procrastinate_job_locks (
    object text PRIMARY KEY
);

CREATE FUNCTION procrastinate_fetch_job(target_queue_names character varying[]) RETURNS procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
	WITH potential_job AS (
		SELECT procrastinate_jobs.*
			FROM procrastinate_jobs
			LEFT JOIN procrastinate_job_locks ON procrastinate_job_locks.object = procrastinate_jobs.lock
			WHERE (target_queue_names IS NULL OR queue_name = ANY( target_queue_names ))
			  AND procrastinate_job_locks.object IS NULL
			  AND status = 'todo'
			  AND (scheduled_at IS NULL OR scheduled_at <= now())
            ORDER BY id ASC
			FOR UPDATE OF procrastinate_jobs SKIP LOCKED LIMIT 1
	), lock_object AS (
		INSERT INTO procrastinate_job_locks
			SELECT lock FROM potential_job
            ON CONFLICT DO NOTHING
            RETURNING object
	)
	UPDATE procrastinate_jobs
		SET status = 'doing',
            started_at = NOW()
		FROM potential_job, lock_object
        WHERE lock_object.object IS NOT NULL
		AND procrastinate_jobs.id = potential_job.id
		RETURNING * INTO found_jobs;

	RETURN found_jobs;
END;
$$;

CREATE FUNCTION procrastinate_finish_job(job_id integer, end_status procrastinate_job_status, next_scheduled_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
	WITH finished_job AS (
		UPDATE procrastinate_jobs
        SET status = end_status,
            attempts = attempts + 1,
            scheduled_at = COALESCE(next_scheduled_at, scheduled_at)
        WHERE id = job_id RETURNING lock
	)
	DELETE FROM procrastinate_job_locks WHERE object = (SELECT lock FROM finished_job);
END;
$$;

CREATE FUNCTION procrastinate_notify_queue() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
	PERFORM pg_notify('procrastinate_queue#' || NEW.queue_name, NEW.task_name);
	PERFORM pg_notify('procrastinate_any_queue', NEW.task_name);
	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_trigger_status_events_procedure_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_trigger_status_events_procedure_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_trigger_scheduled_events_procedure() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE INDEX ON procrastinate_jobs(queue_name);

CREATE TRIGGER procrastinate_jobs_notify_queue
    AFTER INSERT ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.status = 'todo'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_notify_queue();

CREATE TRIGGER procrastinate_trigger_status_events_update
    AFTER UPDATE OF status ON procrastinate_jobs
    FOR EACH ROW
    EXECUTE PROCEDURE procrastinate_trigger_status_events_procedure_update();

CREATE TRIGGER procrastinate_trigger_status_events_insert
    AFTER INSERT ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.status = 'doing'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_trigger_status_events_procedure_insert();

CREATE TRIGGER procrastinate_trigger_scheduled_events
    AFTER UPDATE OR INSERT ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.scheduled_at IS NOT NULL AND new.status = 'todo'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_trigger_scheduled_events_procedure();

CREATE INDEX procrastinate_events_job_id_fkey ON procrastinate_events(job_id);
-- remove the started_at column from the procrastinate_jobs table
ALTER TABLE procrastinate_jobs DROP COLUMN started_at;
-- replace the procrastinate_fetch_job function with a version that doesn't
-- set the started_at field when updating the procrastinate_jobs table
CREATE OR REPLACE FUNCTION procrastinate_fetch_job(target_queue_names character varying[]) RETURNS procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
	WITH potential_job AS (
		SELECT procrastinate_jobs.*
			FROM procrastinate_jobs
			LEFT JOIN procrastinate_job_locks ON procrastinate_job_locks.object = procrastinate_jobs.lock
			WHERE (target_queue_names IS NULL OR queue_name = ANY( target_queue_names ))
			  AND procrastinate_job_locks.object IS NULL
			  AND status = 'todo'
			  AND (scheduled_at IS NULL OR scheduled_at <= now())
            ORDER BY id ASC
			FOR UPDATE OF procrastinate_jobs SKIP LOCKED LIMIT 1
	), lock_object AS (
		INSERT INTO procrastinate_job_locks
			SELECT lock FROM potential_job
            ON CONFLICT DO NOTHING
            RETURNING object
	)
	UPDATE procrastinate_jobs
		SET status = 'doing'
		FROM potential_job, lock_object
        WHERE lock_object.object IS NOT NULL
		AND procrastinate_jobs.id = potential_job.id
		RETURNING * INTO found_jobs;

	RETURN found_jobs;
END;
$$;
-- drop the procrastinate_version table
DROP TABLE IF EXISTS procrastinate_version;
-- fix procrastinate_fetch_job that works by accident, now returning a proper
-- procrastinate_jobs row
CREATE OR REPLACE FUNCTION procrastinate_fetch_job(target_queue_names character varying[]) RETURNS procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
	WITH potential_job AS (
		SELECT procrastinate_jobs.*
			FROM procrastinate_jobs
			LEFT JOIN procrastinate_job_locks ON procrastinate_job_locks.object = procrastinate_jobs.lock
			WHERE (target_queue_names IS NULL OR queue_name = ANY( target_queue_names ))
			  AND procrastinate_job_locks.object IS NULL
			  AND status = 'todo'
			  AND (scheduled_at IS NULL OR scheduled_at <= now())
            ORDER BY id ASC
			FOR UPDATE OF procrastinate_jobs SKIP LOCKED LIMIT 1
	), lock_object AS (
		INSERT INTO procrastinate_job_locks
			SELECT lock FROM potential_job
            ON CONFLICT DO NOTHING
            RETURNING object
	)
	UPDATE procrastinate_jobs
		SET status = 'doing'
		FROM potential_job, lock_object
        WHERE lock_object.object IS NOT NULL
		AND procrastinate_jobs.id = potential_job.id
		RETURNING procrastinate_jobs.* INTO found_jobs;

	RETURN found_jobs;
END;
$$;
-- re-create the procrastinate_trigger_status_events_insert trigger
DROP TRIGGER procrastinate_trigger_status_events_insert on procrastinate_jobs;
CREATE TRIGGER procrastinate_trigger_status_events_insert
    AFTER INSERT ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.status = 'todo'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_trigger_status_events_procedure_insert();
-- add a queueing_lock column to the procrastinate_jobs table
ALTER TABLE procrastinate_jobs ADD COLUMN queueing_lock text;
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx ON procrastinate_jobs (queueing_lock) WHERE status = 'todo';
DROP TABLE IF EXISTS procrastinate_job_locks;

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx ON procrastinate_jobs (lock) WHERE status = 'doing';

CREATE OR REPLACE FUNCTION procrastinate_fetch_job(target_queue_names character varying[]) RETURNS procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS earlier_jobs
                        WHERE earlier_jobs.lock = jobs.lock
                            AND earlier_jobs.status IN ('todo', 'doing')
                            AND earlier_jobs.id < jobs.id)
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing'
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

	RETURN found_jobs;
END;
$$;

CREATE OR REPLACE FUNCTION procrastinate_finish_job(job_id integer, end_status procrastinate_job_status, next_scheduled_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_jobs
    SET status = end_status,
        attempts = attempts + 1,
        scheduled_at = COALESCE(next_scheduled_at, scheduled_at)
    WHERE id = job_id;
END;
$$;
CREATE OR REPLACE FUNCTION procrastinate_defer_job(queue_name character varying, task_name character varying, lock text, queueing_lock text, args json, scheduled_at timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	job_id bigint;
BEGIN
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, scheduled_at)
    VALUES (queue_name, task_name, lock, queueing_lock, args, scheduled_at)
    RETURNING id INTO job_id;

    RETURN job_id;
END;
$$;
CREATE TABLE procrastinate_periodic_defers (
    id bigserial PRIMARY KEY,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint REFERENCES procrastinate_jobs(id) NULL,
    UNIQUE (task_name, defer_timestamp)
);
-- When parameters change, function must be dropped.
DROP FUNCTION IF EXISTS procrastinate_defer_job;
CREATE FUNCTION procrastinate_defer_job(
    queue_name character varying,
    task_name character varying,
    lock text,
    queueing_lock text,
    args jsonb,
    scheduled_at timestamp with time zone
) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	job_id bigint;
BEGIN
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, scheduled_at)
    VALUES (queue_name, task_name, lock, queueing_lock, args, scheduled_at)
    RETURNING id INTO job_id;

    RETURN job_id;
END;
$$;

DROP FUNCTION IF EXISTS procrastinate_defer_periodic_job;
CREATE FUNCTION procrastinate_defer_periodic_job(
    _queue_name character varying,
    _task_name character varying,
    _defer_timestamp bigint
) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN

    INSERT
        INTO procrastinate_periodic_defers (task_name, defer_timestamp)
        VALUES (_task_name, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = procrastinate_defer_job(
                _queue_name,
                _task_name,
                NULL,
                NULL,
                ('{"timestamp": ' || _defer_timestamp || '}')::jsonb,
                NULL
            )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        WHERE
            _job_id IS NOT NULL
            AND procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp;

    RETURN _job_id;
END;
$$;
CREATE INDEX procrastinate_periodic_defers_job_id_fkey ON procrastinate_periodic_defers(job_id);
ALTER TABLE procrastinate_periodic_defers
    ADD COLUMN queue_name character varying(128) NOT NULL DEFAULT 'undefined';

ALTER TABLE procrastinate_periodic_defers
    ALTER COLUMN queue_name DROP DEFAULT;

ALTER TABLE procrastinate_periodic_defers
    DROP CONSTRAINT procrastinate_periodic_defers_task_name_defer_timestamp_key;

ALTER TABLE procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, queue_name, defer_timestamp);

DROP FUNCTION IF EXISTS procrastinate_defer_periodic_job;
CREATE FUNCTION procrastinate_defer_periodic_job(
    _queue_name character varying,
    _lock character varying,
    _queueing_lock character varying,
    _task_name character varying,
    _defer_timestamp bigint
) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN

    INSERT
        INTO procrastinate_periodic_defers (task_name, queue_name, defer_timestamp)
        VALUES (_task_name, _queue_name, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = procrastinate_defer_job(
                _queue_name,
                _task_name,
                _lock,
                _queueing_lock,
                ('{"timestamp": ' || _defer_timestamp || '}')::jsonb,
                NULL
            )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        WHERE
            _job_id IS NOT NULL
            AND procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp;

    RETURN _job_id;
END;
$$;
DROP FUNCTION IF EXISTS procrastinate_defer_periodic_job;
CREATE FUNCTION procrastinate_defer_periodic_job(
    _queue_name character varying,
    _lock character varying,
    _queueing_lock character varying,
    _task_name character varying,
    _defer_timestamp bigint
) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN

    INSERT
        INTO procrastinate_periodic_defers (task_name, queue_name, defer_timestamp)
        VALUES (_task_name, _queue_name, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = procrastinate_defer_job(
                _queue_name,
                _task_name,
                _lock,
                _queueing_lock,
                ('{"timestamp": ' || _defer_timestamp || '}')::jsonb,
                NULL
            )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.queue_name = _queue_name
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;
CREATE FUNCTION procrastinate_finish_job(job_id integer, end_status procrastinate_job_status) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_jobs
    SET status = end_status,
        attempts = attempts + 1
    WHERE id = job_id;
END;
$$;

CREATE FUNCTION procrastinate_retry_job(job_id integer, retry_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_jobs
    SET status = 'todo',
        attempts = attempts + 1,
        scheduled_at = retry_at
    WHERE id = job_id;
END;
$$;
CREATE FUNCTION procrastinate_unlink_periodic_defers() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE TRIGGER procrastinate_trigger_delete_jobs
    BEFORE DELETE ON procrastinate_jobs
    FOR EACH ROW EXECUTE PROCEDURE procrastinate_unlink_periodic_defers();
CREATE FUNCTION procrastinate_finish_job(job_id integer, end_status procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs WHERE id = job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            attempts = attempts + 1
        WHERE id = job_id;
    END IF;
END;
$$;
CREATE OR REPLACE FUNCTION procrastinate_finish_job(job_id integer, end_status procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed') THEN
        RAISE 'End status should be either "succeeded" or "failed" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            attempts =
                CASE
                    WHEN status = 'doing' THEN attempts + 1
                    ELSE attempts
                END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE OR REPLACE FUNCTION procrastinate_retry_job(job_id integer, retry_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    UPDATE procrastinate_jobs
    SET status = 'todo',
        attempts = attempts + 1,
        scheduled_at = retry_at
    WHERE id = job_id AND status = 'doing'
    RETURNING id INTO _job_id;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
DROP FUNCTION IF EXISTS procrastinate_finish_job(integer, procrastinate_job_status, boolean);

CREATE FUNCTION procrastinate_finish_job(job_id integer, end_status procrastinate_job_status, next_scheduled_at timestamp with time zone, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed') THEN
        RAISE 'End status should be either "succeeded" or "failed" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            attempts =
                CASE
                    WHEN status = 'doing' THEN attempts + 1
                    ELSE attempts
                END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE INDEX IF NOT EXISTS procrastinate_jobs_id_lock_idx ON procrastinate_jobs (id, lock) WHERE status = ANY (ARRAY['todo'::procrastinate_job_status, 'doing'::procrastinate_job_status]);
ALTER TABLE "procrastinate_periodic_defers"
    ADD COLUMN IF NOT EXISTS "periodic_id" character varying(128) NOT NULL DEFAULT '';

-- Column kept for backwards compatibility, will be removed in the future.
ALTER TABLE "procrastinate_periodic_defers"
    ALTER COLUMN "queue_name" DROP NOT NULL;

ALTER TABLE "procrastinate_periodic_defers"
    DROP CONSTRAINT IF EXISTS procrastinate_periodic_defers_unique;

ALTER TABLE "procrastinate_periodic_defers"
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE ("task_name", "periodic_id", "defer_timestamp");

CREATE FUNCTION procrastinate_defer_periodic_job(
    _queue_name character varying,
    _lock character varying,
    _queueing_lock character varying,
    _task_name character varying,
    _periodic_id character varying,
    _defer_timestamp bigint,
    _args jsonb
) RETURNS bigint
    LANGUAGE plpgsql
AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN

    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = procrastinate_defer_job(
                _queue_name,
                _task_name,
                _lock,
                _queueing_lock,
                _args,
                NULL
            )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;
DROP FUNCTION IF EXISTS procrastinate_fetch_job(target_queue_names character varying[]);

CREATE FUNCTION procrastinate_fetch_job(target_queue_names character varying[]) RETURNS procrastinate_jobs
    LANGUAGE plpgsql
AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS earlier_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND earlier_jobs.lock = jobs.lock
                            AND earlier_jobs.status IN ('todo', 'doing')
                            AND earlier_jobs.id < jobs.id)
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing'
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

	RETURN found_jobs;
END;
$$;
-- remove old procrastinate_finish_job functions

-- https://github.com/procrastinate-org/procrastinate/pull/336
DROP FUNCTION IF EXISTS procrastinate_finish_job(integer, procrastinate_job_status, timestamp with time zone);

-- https://github.com/procrastinate-org/procrastinate/pull/354
DROP FUNCTION IF EXISTS procrastinate_finish_job(integer, procrastinate_job_status);

-- https://github.com/procrastinate-org/procrastinate/pull/381
CREATE OR REPLACE FUNCTION procrastinate_finish_job(job_id integer, end_status procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed') THEN
        RAISE 'End status should be either "succeeded" or "failed" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            attempts =
                CASE
                    WHEN status = 'doing' THEN attempts + 1
                    ELSE attempts
                END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

-- https://github.com/procrastinate-org/procrastinate/pull/471
DROP FUNCTION IF EXISTS procrastinate_defer_periodic_job(character varying, character varying, character varying, character varying, bigint);

ALTER TABLE procrastinate_periodic_defers DROP COLUMN "queue_name";
ALTER TABLE procrastinate_events ALTER COLUMN "job_id" TYPE bigint;

DROP FUNCTION IF EXISTS procrastinate_finish_job(integer, procrastinate_job_status, boolean);
CREATE OR REPLACE FUNCTION procrastinate_finish_job(job_id bigint, end_status procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed') THEN
        RAISE 'End status should be either "succeeded" or "failed" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            attempts =
                CASE
                    WHEN status = 'doing' THEN attempts + 1
                    ELSE attempts
                END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

DROP FUNCTION IF EXISTS procrastinate_retry_job(integer, timestamp with time zone);
CREATE OR REPLACE FUNCTION procrastinate_retry_job(job_id bigint, retry_at timestamp with time zone)
    RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    UPDATE procrastinate_jobs
    SET status = 'todo',
        attempts = attempts + 1,
        scheduled_at = retry_at
    WHERE id = job_id AND status = 'doing'
    RETURNING id INTO _job_id;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
ALTER TABLE procrastinate_jobs ADD COLUMN priority integer DEFAULT 0 NOT NULL;

CREATE OR REPLACE FUNCTION procrastinate_defer_job(
    queue_name character varying,
    task_name character varying,
    priority integer,
    lock text,
    queueing_lock text,
    args jsonb,
    scheduled_at timestamp with time zone
)
    RETURNS bigint
    LANGUAGE plpgsql
AS $$
DECLARE
	job_id bigint;
BEGIN
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
    VALUES (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
    RETURNING id INTO job_id;

    RETURN job_id;
END;
$$;

DROP FUNCTION IF EXISTS procrastinate_defer_periodic_job(character varying, character varying, character varying, character varying, character varying, bigint, jsonb);
CREATE OR REPLACE FUNCTION procrastinate_defer_periodic_job(
    _queue_name character varying,
    _lock character varying,
    _queueing_lock character varying,
    _task_name character varying,
    _periodic_id character varying,
    _defer_timestamp bigint,
    _args jsonb
)
    RETURNS bigint
    LANGUAGE plpgsql
AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN

    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = procrastinate_defer_job(
                _queue_name,
                _task_name,
                0,
                _lock,
                _queueing_lock,
                _args,
                NULL
            )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

DROP FUNCTION IF EXISTS procrastinate_fetch_job(character varying[]);
CREATE OR REPLACE FUNCTION procrastinate_fetch_job(
    target_queue_names character varying[]
)
    RETURNS procrastinate_jobs
    LANGUAGE plpgsql
AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS earlier_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND earlier_jobs.lock = jobs.lock
                            AND earlier_jobs.status IN ('todo', 'doing')
                            AND earlier_jobs.id < jobs.id)
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing'
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

	RETURN found_jobs;
END;
$$;
CREATE OR REPLACE FUNCTION procrastinate_defer_periodic_job(
    _queue_name character varying,
    _lock character varying,
    _queueing_lock character varying,
    _task_name character varying,
    _priority integer,
    _periodic_id character varying,
    _defer_timestamp bigint,
    _args jsonb
)
    RETURNS bigint
    LANGUAGE plpgsql
AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN

    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = procrastinate_defer_job(
                _queue_name,
                _task_name,
                _priority,
                _lock,
                _queueing_lock,
                _args,
                NULL
            )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;


CREATE FUNCTION procrastinate_cancel_job(job_id bigint, abort boolean, delete_job boolean)
    RETURNS bigint
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET status = CASE status
                WHEN 'todo' THEN 'cancelled'::procrastinate_job_status
                WHEN 'doing' THEN 'aborting'::procrastinate_job_status
            END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE OR REPLACE FUNCTION procrastinate_fetch_job(
    target_queue_names character varying[]
)
    RETURNS procrastinate_jobs
    LANGUAGE plpgsql
AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS earlier_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND earlier_jobs.lock = jobs.lock
                            AND earlier_jobs.status IN ('todo', 'doing', 'aborting')
                            AND earlier_jobs.id < jobs.id)
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing'
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

	RETURN found_jobs;
END;
$$;

CREATE OR REPLACE FUNCTION procrastinate_finish_job(job_id bigint, end_status procrastinate_job_status, delete_job boolean)
    RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing', 'aborting')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            attempts =
                CASE
                    WHEN status = 'doing' THEN attempts + 1
                    ELSE attempts
                END
        WHERE id = job_id AND status IN ('todo', 'doing', 'aborting')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing", "todo" or "aborting" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE OR REPLACE FUNCTION procrastinate_trigger_status_events_procedure_update()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborting'::procrastinate_job_status
                THEN 'abort_requested'::procrastinate_job_event_type
            WHEN (
                    OLD.status = 'doing'::procrastinate_job_status
                    OR OLD.status = 'aborting'::procrastinate_job_status
                )
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
CREATE OR REPLACE FUNCTION procrastinate_retry_job(
    job_id bigint,
    retry_at timestamp with time zone,
    new_priority integer,
    new_queue_name character varying,
    new_lock character varying
)
    RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    UPDATE procrastinate_jobs
    SET status = 'todo',
        attempts = attempts + 1,
        scheduled_at = retry_at,
        priority = COALESCE(new_priority, priority),
        queue_name = COALESCE(new_queue_name, queue_name),
        lock = COALESCE(new_lock, lock)
    WHERE id = job_id AND status = 'doing'
    RETURNING id INTO _job_id;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
-- recreate procrastinate_jobs_id_lock_idx index by adding aborting status to the filter so that it can be used by the fetch job function
CREATE INDEX procrastinate_jobs_id_lock_idx_temp ON procrastinate_jobs (id, lock) WHERE status = ANY (ARRAY['todo'::procrastinate_job_status, 'doing'::procrastinate_job_status, 'aborting'::procrastinate_job_status]);
DROP INDEX procrastinate_jobs_id_lock_idx;
ALTER INDEX procrastinate_jobs_id_lock_idx_temp RENAME TO procrastinate_jobs_id_lock_idx;

-- add index to avoid seq scan of outer query in the fetch job function
CREATE INDEX procrastinate_jobs_priority_idx ON procrastinate_jobs(priority desc, id asc) WHERE (status = 'todo'::procrastinate_job_status);
-- Note: starting with v3, there are 2 changes in the migration system:
-- - We now have pre- and post-migration scripts. pre-migrations are safe to
--   apply before upgrading the code. post-migrations are safe to apply after
--   upgrading he code.
--   This is a pre-migration script.
-- - Whenever we recreate an immutable object (function, trigger, indexes), we
--   will suffix its name with a version number.

-- Add an 'abort_requested' column to the procrastinate_jobs table
ALTER TABLE procrastinate_jobs ADD COLUMN abort_requested boolean DEFAULT false NOT NULL;

-- Set abort requested flag on all jobs with 'aborting' status
UPDATE procrastinate_jobs SET abort_requested = true WHERE status = 'aborting';

-- Add temporary triggers to sync the abort_requested flag with the status
-- so that blue-green deployments can work
CREATE OR REPLACE FUNCTION procrastinate_sync_abort_requested_with_status_temp()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF NEW.status = 'aborting' THEN
        NEW.abort_requested = true;
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER procrastinate_trigger_sync_abort_requested_with_status_temp
    BEFORE UPDATE OF status ON procrastinate_jobs
    FOR EACH ROW
    EXECUTE FUNCTION procrastinate_sync_abort_requested_with_status_temp();

-- Create the new versioned functions

CREATE FUNCTION procrastinate_defer_job_v1(
    queue_name character varying,
    task_name character varying,
    priority integer,
    lock text,
    queueing_lock text,
    args jsonb,
    scheduled_at timestamp with time zone
)
    RETURNS bigint
    LANGUAGE plpgsql
AS $$
DECLARE
	job_id bigint;
BEGIN
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
    VALUES (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
    RETURNING id INTO job_id;

    RETURN job_id;
END;
$$;

CREATE FUNCTION procrastinate_defer_periodic_job_v1(
    _queue_name character varying,
    _lock character varying,
    _queueing_lock character varying,
    _task_name character varying,
    _priority integer,
    _periodic_id character varying,
    _defer_timestamp bigint,
    _args jsonb
)
    RETURNS bigint
    LANGUAGE plpgsql
AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN

    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = procrastinate_defer_job_v1(
                _queue_name,
                _task_name,
                _priority,
                _lock,
                _queueing_lock,
                _args,
                NULL
            )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE FUNCTION procrastinate_fetch_job_v1(
    target_queue_names character varying[]
)
    RETURNS procrastinate_jobs
    LANGUAGE plpgsql
AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS earlier_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND earlier_jobs.lock = jobs.lock
                            AND earlier_jobs.status IN ('todo', 'doing')
                            AND earlier_jobs.id < jobs.id)
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing'
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

	RETURN found_jobs;
END;
$$;

CREATE FUNCTION procrastinate_finish_job_v1(job_id bigint, end_status procrastinate_job_status, delete_job boolean)
    RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean)
    RETURNS bigint
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

-- The retry_job function now has specific behaviour when a job is set to be
-- retried while it's aborting: in that case it's marked as failed.
CREATE FUNCTION procrastinate_retry_job_v1(
    job_id bigint,
    retry_at timestamp with time zone,
    new_priority integer,
    new_queue_name character varying,
    new_lock character varying
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

-- Create new versioned trigger functions and triggers

CREATE FUNCTION procrastinate_notify_queue_job_inserted_v1()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_temp
    AFTER INSERT ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.status = 'todo'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_notify_queue_job_inserted_v1();

CREATE FUNCTION procrastinate_notify_queue_abort_job_v1()
RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_temp
    AFTER UPDATE OF abort_requested ON procrastinate_jobs
    FOR EACH ROW WHEN ((old.abort_requested = false AND new.abort_requested = true AND new.status = 'doing'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_notify_queue_abort_job_v1();
-- These are old versions of functions, that we needed to keep around for
-- backwards compatibility. We can now safely drop them.
DROP FUNCTION IF EXISTS procrastinate_finish_job(
    integer,
    procrastinate_job_status,
    timestamp with time zone,
    boolean
);
DROP FUNCTION IF EXISTS procrastinate_defer_job(
    character varying,
    character varying,
    text,
    text,
    jsonb,
    timestamp with time zone
);
DROP FUNCTION IF EXISTS procrastinate_defer_periodic_job(
    character varying,
    character varying,
    character varying,
    character varying,
    character varying,
    bigint,
    jsonb
);
DROP FUNCTION IF EXISTS procrastinate_retry_job(
    bigint,
    timestamp with time zone
);
DROP FUNCTION IF EXISTS procrastinate_retry_job(
    bigint,
    timestamp with time zone,
    integer,
    character varying,
    character varying
);

-- Remove all traces of the "aborting" status
-- Last sanity update in case the trigger didn't work 100% of the time
UPDATE procrastinate_jobs SET abort_requested = true WHERE status = 'aborting';

-- Delete the indexes that depend on the old status and enum type
DROP INDEX IF EXISTS procrastinate_jobs_queueing_lock_idx;
DROP INDEX IF EXISTS procrastinate_jobs_lock_idx;
DROP INDEX IF EXISTS procrastinate_jobs_id_lock_idx;

-- Delete the unversioned triggers
DROP TRIGGER IF EXISTS procrastinate_trigger_status_events_update ON procrastinate_jobs;
DROP TRIGGER IF EXISTS procrastinate_trigger_status_events_insert ON procrastinate_jobs;
DROP TRIGGER IF EXISTS procrastinate_trigger_scheduled_events ON procrastinate_jobs;
DROP TRIGGER IF EXISTS procrastinate_trigger_status_events_update ON procrastinate_jobs;
DROP TRIGGER IF EXISTS procrastinate_jobs_notify_queue ON procrastinate_jobs;

-- Delete the unversioned functions
DROP FUNCTION IF EXISTS procrastinate_defer_job;
DROP FUNCTION IF EXISTS procrastinate_defer_periodic_job;
DROP FUNCTION IF EXISTS procrastinate_fetch_job;
DROP FUNCTION IF EXISTS procrastinate_finish_job(bigint, procrastinate_job_status, boolean);
DROP FUNCTION IF EXISTS procrastinate_cancel_job;
DROP FUNCTION IF EXISTS procrastinate_trigger_status_events_procedure_update;
DROP FUNCTION IF EXISTS procrastinate_finish_job(integer, procrastinate_job_status, timestamp with time zone, boolean);
DROP FUNCTION IF EXISTS procrastinate_notify_queue;

-- Delete the functions that depend on the old event type
DROP FUNCTION IF EXISTS procrastinate_trigger_status_events_procedure_insert;
DROP FUNCTION IF EXISTS procrastinate_trigger_scheduled_events_procedure;

-- Delete temporary triggers and functions
DROP TRIGGER IF EXISTS procrastinate_jobs_notify_queue_job_inserted_temp ON procrastinate_jobs;
DROP TRIGGER IF EXISTS procrastinate_jobs_notify_queue_job_aborted_temp ON procrastinate_jobs;
DROP TRIGGER IF EXISTS procrastinate_trigger_sync_abort_requested_with_status_temp ON procrastinate_jobs;
DROP FUNCTION IF EXISTS procrastinate_sync_abort_requested_with_status_temp;

-- Alter the table to not use the 'aborting' status anymore
ALTER TABLE procrastinate_jobs
ALTER COLUMN status TYPE procrastinate_job_status
USING (
    CASE status::text
        WHEN 'aborting' THEN 'doing'::procrastinate_job_status
        ELSE status::procrastinate_job_status
    END
);

-- Recreate the dropped temporary triggers
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1
    AFTER INSERT ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.status = 'todo'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1
    AFTER UPDATE OF abort_requested ON procrastinate_jobs
    FOR EACH ROW WHEN ((old.abort_requested = false AND new.abort_requested = true AND new.status = 'doing'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_notify_queue_abort_job_v1();

-- Recreate the dropped indexes (with version suffix)
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON procrastinate_jobs (queueing_lock) WHERE status = 'todo';
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON procrastinate_jobs (lock) WHERE status = 'doing';
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON procrastinate_jobs (id, lock) WHERE status = ANY (ARRAY['todo'::procrastinate_job_status, 'doing'::procrastinate_job_status]);

-- Rename existing indexes
ALTER INDEX procrastinate_jobs_queue_name_idx RENAME TO procrastinate_jobs_queue_name_idx_v1;
ALTER INDEX procrastinate_events_job_id_fkey  RENAME TO procrastinate_events_job_id_fkey_v1;
ALTER INDEX procrastinate_periodic_defers_job_id_fkey RENAME TO procrastinate_periodic_defers_job_id_fkey_v1;
ALTER INDEX procrastinate_jobs_priority_idx RENAME TO procrastinate_jobs_priority_idx_v1;

-- Recreate or rename the other triggers & their associated functions

CREATE FUNCTION procrastinate_trigger_function_status_events_insert_v1()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1
    AFTER INSERT ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.status = 'todo'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_trigger_function_status_events_insert_v1();

CREATE FUNCTION procrastinate_trigger_function_status_events_update_v1()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE TRIGGER procrastinate_trigger_status_events_update_v1
    AFTER UPDATE OF status ON procrastinate_jobs
    FOR EACH ROW
    EXECUTE PROCEDURE procrastinate_trigger_function_status_events_update_v1();

CREATE FUNCTION procrastinate_trigger_function_scheduled_events_v1()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1
    AFTER UPDATE OR INSERT ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.scheduled_at IS NOT NULL AND new.status = 'todo'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_trigger_function_scheduled_events_v1();

CREATE FUNCTION procrastinate_trigger_abort_requested_events_procedure_v1()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1
    AFTER UPDATE OF abort_requested ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.abort_requested = true))
    EXECUTE PROCEDURE procrastinate_trigger_abort_requested_events_procedure_v1();

-- Rename remaining functions to use version suffix
ALTER FUNCTION procrastinate_unlink_periodic_defers RENAME TO procrastinate_unlink_periodic_defers_v1;
ALTER TRIGGER procrastinate_trigger_delete_jobs ON procrastinate_jobs RENAME TO procrastinate_trigger_delete_jobs_v1;

-- New constraints
ALTER TABLE procrastinate_jobs ADD CONSTRAINT check_not_todo_abort_requested CHECK (NOT (status = 'todo' AND abort_requested = true));
CREATE TABLE procrastinate_workers(
    id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    last_heartbeat timestamp with time zone NOT NULL DEFAULT NOW()
);

ALTER TABLE procrastinate_jobs ADD COLUMN worker_id bigint REFERENCES procrastinate_workers(id) ON DELETE SET NULL;

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON procrastinate_jobs(worker_id) WHERE worker_id IS NOT NULL AND status = 'doing'::procrastinate_job_status;

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON procrastinate_workers(last_heartbeat);

CREATE FUNCTION procrastinate_fetch_job_v2(
    target_queue_names character varying[],
    p_worker_id bigint
)
    RETURNS procrastinate_jobs
    LANGUAGE plpgsql
AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS earlier_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND earlier_jobs.lock = jobs.lock
                            AND earlier_jobs.status IN ('todo', 'doing')
                            AND earlier_jobs.id < jobs.id)
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

	RETURN found_jobs;
END;
$$;

CREATE FUNCTION procrastinate_register_worker_v1()
    RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION procrastinate_unregister_worker_v1(worker_id bigint)
    RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION procrastinate_update_heartbeat_v1(worker_id bigint)
    RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat float)
    RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
DROP FUNCTION IF EXISTS procrastinate_fetch_job_v1(character varying[]);
CREATE TYPE procrastinate_job_to_defer_v1 AS (
    queue_name character varying,
    task_name character varying,
    priority integer,
    lock text,
    queueing_lock text,
    args jsonb,
    scheduled_at timestamp with time zone
);

CREATE FUNCTION procrastinate_defer_jobs_v1(
    jobs procrastinate_job_to_defer_v1[]
)
    RETURNS bigint[]
    LANGUAGE plpgsql
AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION procrastinate_defer_periodic_job_v2(
    _queue_name character varying,
    _lock character varying,
    _queueing_lock character varying,
    _task_name character varying,
    _priority integer,
    _periodic_id character varying,
    _defer_timestamp bigint,
    _args jsonb
)
    RETURNS bigint
    LANGUAGE plpgsql
AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;
DROP FUNCTION IF EXISTS procrastinate_defer_job_v1;
DROP FUNCTION IF EXISTS procrastinate_defer_periodic_job_v1;
-- Migration: Update procrastinate_fetch_job_v2 to consider priority before job id for locked jobs
DROP FUNCTION IF EXISTS procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint);

CREATE FUNCTION procrastinate_fetch_job_v2(
    target_queue_names character varying[],
    p_worker_id bigint
)
    RETURNS procrastinate_jobs
    LANGUAGE plpgsql
AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;
-- Append new event type to reflect transition from failed -> todo

-- Procedure to retry failed jobs
CREATE FUNCTION procrastinate_retry_job_v2(
    job_id bigint,
    retry_at timestamp with time zone,
    new_priority integer,
    new_queue_name character varying,
    new_lock character varying
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;
DROP TRIGGER IF EXISTS procrastinate_trigger_status_events_update_v1 ON procrastinate_jobs;
DROP FUNCTION IF EXISTS procrastinate_trigger_function_status_events_update_v1;

CREATE FUNCTION procrastinate_trigger_function_status_events_update_v1()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$function$;

CREATE TRIGGER procrastinate_trigger_status_events_update_v1
    AFTER UPDATE OF status ON procrastinate_jobs
    FOR EACH ROW
    EXECUTE PROCEDURE procrastinate_trigger_function_status_events_update_v1();
CREATE TABLE "stewardship_retentionrun" ("id" uuid NOT NULL PRIMARY KEY, "data_class" varchar(20) NOT NULL, "job" varchar(120) NOT NULL, "ran_at" timestamp with time zone NOT NULL, "forgotten" integer NOT NULL);
CREATE TABLE "stewardship_supportvisit" ("id" uuid NOT NULL PRIMARY KEY, "reason" varchar(300) NOT NULL, "started_at" timestamp with time zone NOT NULL, "ends_at" timestamp with time zone NOT NULL, "authority_id" uuid NOT NULL, "visited_id" uuid NOT NULL, "visitor_id" uuid NOT NULL, CONSTRAINT "visit_ends_later" CHECK ("ends_at" > ("started_at")), CONSTRAINT "nobody_visits_herself" CHECK (NOT ("visitor_id" = ("visited_id"))), CONSTRAINT "visit_has_a_reason" CHECK (NOT ("reason" = '')));
create function stewardship_visit_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.started_at < now() - interval '394 days' then
    return old;
  end if;
  raise exception 'a support visit is insert-only until it is old' using errcode = 'restrict_violation';
end $$;
create trigger visit_stays before update or delete on stewardship_supportvisit
  for each row execute function stewardship_visit_stays();
CREATE INDEX "retention_last_run" ON "stewardship_retentionrun" ("job", "ran_at" DESC);
ALTER TABLE "stewardship_supportvisit" ADD CONSTRAINT "stewardship_supportv_authority_id_1708f012_fk_thread_au" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_supportvisit" ADD CONSTRAINT "stewardship_supportv_visited_id_49b15b14_fk_people_pe" FOREIGN KEY ("visited_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_supportvisit" ADD CONSTRAINT "stewardship_supportv_visitor_id_2a47005b_fk_people_pe" FOREIGN KEY ("visitor_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "stewardship_supportvisit_authority_id_1708f012" ON "stewardship_supportvisit" ("authority_id");
CREATE INDEX "stewardship_supportvisit_visited_id_49b15b14" ON "stewardship_supportvisit" ("visited_id");
CREATE INDEX "stewardship_supportvisit_visitor_id_2a47005b" ON "stewardship_supportvisit" ("visitor_id");
CREATE INDEX "visits_received" ON "stewardship_supportvisit" ("visited_id", "started_at" DESC);
CREATE TABLE "stewardship_alarm" ("id" uuid NOT NULL PRIMARY KEY, "kind" varchar(10) NOT NULL, "began_at" timestamp with time zone NOT NULL, "last_at" timestamp with time zone NOT NULL, "acts" integer NOT NULL, "usual" integer NOT NULL, "closed_at" timestamp with time zone NULL, "authority_id" uuid NOT NULL, "closed_by_id" uuid NULL, "process_id" uuid NOT NULL);
CREATE TABLE "stewardship_ruling" ("record_id" uuid NOT NULL PRIMARY KEY, "outcome" varchar(8) NOT NULL, "rule" varchar(16) NOT NULL, "ground" varchar(200) NOT NULL, "was_flagged_automatically" boolean NOT NULL, "appeal_until" date NULL, "ruled_by_id" uuid NULL, "ruled_first_by_id" uuid NULL, "second_to_id" uuid NULL UNIQUE, "subject_id" uuid NOT NULL);
CREATE TABLE "stewardship_notice" ("id" uuid NOT NULL PRIMARY KEY, "code" varchar(8) NOT NULL UNIQUE, "secret_hash" varchar(64) NOT NULL, "rule" varchar(16) NOT NULL, "explanation" text NOT NULL, "state" varchar(8) NOT NULL, "received_at" timestamp with time zone NOT NULL, "alarm_id" uuid NULL, "notifier_id" uuid NULL, "record_id" uuid NOT NULL, "ruling_id" uuid NULL);
CREATE TABLE "stewardship_appeal" ("id" uuid NOT NULL PRIMARY KEY, "side" varchar(8) NOT NULL, "text" text NOT NULL, "state" varchar(10) NOT NULL, "received_at" timestamp with time zone NOT NULL, "person_id" uuid NULL, "ruling_id" uuid NOT NULL);
CREATE UNIQUE INDEX "one_open_alarm_per_kind" ON "stewardship_alarm" ("process_id", "kind") WHERE "closed_at" IS NULL;
ALTER TABLE "stewardship_ruling" ADD CONSTRAINT "a_second_ruling_says_who_ruled_first" CHECK (("ruled_first_by_id" IS NULL OR "second_to_id" IS NOT NULL));
ALTER TABLE "stewardship_ruling" ADD CONSTRAINT "an_appeal_is_heard_by_another" CHECK (("ruled_first_by_id" IS NULL OR NOT ("ruled_by_id" = ("ruled_first_by_id") AND "ruled_by_id" IS NOT NULL AND "ruled_first_by_id" IS NOT NULL)));
CREATE INDEX "notices_to_read" ON "stewardship_notice" ("received_at") WHERE "state" = 'received';
CREATE UNIQUE INDEX "one_notice_a_key" ON "stewardship_notice" ("secret_hash") WHERE NOT ("secret_hash" = '');
CREATE UNIQUE INDEX "one_open_notice_a_person" ON "stewardship_notice" ("record_id", "notifier_id") WHERE "state" = 'received';
CREATE UNIQUE INDEX "one_open_automatic_notice" ON "stewardship_notice" ("record_id") WHERE ("alarm_id" IS NOT NULL AND "state" = 'received');
ALTER TABLE "stewardship_notice" ADD CONSTRAINT "a_notice_is_answered_by_a_ruling" CHECK ((("ruling_id" IS NULL AND "state" = 'received') OR (NOT ("state" = 'received') AND "ruling_id" IS NOT NULL)));
ALTER TABLE "stewardship_appeal" ADD CONSTRAINT "one_appeal_a_person" UNIQUE ("ruling_id", "person_id");
ALTER TABLE "stewardship_alarm" ADD CONSTRAINT "stewardship_alarm_authority_id_e8924325_fk_thread_authority_id" FOREIGN KEY ("authority_id") REFERENCES "thread_authority" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_alarm" ADD CONSTRAINT "stewardship_alarm_closed_by_id_3556891e_fk_people_person_id" FOREIGN KEY ("closed_by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_alarm" ADD CONSTRAINT "stewardship_alarm_process_id_33259334_fk_thread_record_id" FOREIGN KEY ("process_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "stewardship_alarm_authority_id_e8924325" ON "stewardship_alarm" ("authority_id");
CREATE INDEX "stewardship_alarm_closed_by_id_3556891e" ON "stewardship_alarm" ("closed_by_id");
CREATE INDEX "stewardship_alarm_process_id_33259334" ON "stewardship_alarm" ("process_id");
ALTER TABLE "stewardship_ruling" ADD CONSTRAINT "stewardship_ruling_record_id_60609b1e_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_ruling" ADD CONSTRAINT "stewardship_ruling_ruled_by_id_c3a3c564_fk_people_person_id" FOREIGN KEY ("ruled_by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_ruling" ADD CONSTRAINT "stewardship_ruling_ruled_first_by_id_97edc867_fk_people_pe" FOREIGN KEY ("ruled_first_by_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_ruling" ADD CONSTRAINT "stewardship_ruling_second_to_id_ee281571_fk_stewardsh" FOREIGN KEY ("second_to_id") REFERENCES "stewardship_ruling" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_ruling" ADD CONSTRAINT "stewardship_ruling_subject_id_c83c94e9_fk_thread_record_id" FOREIGN KEY ("subject_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "stewardship_ruling_ruled_by_id_c3a3c564" ON "stewardship_ruling" ("ruled_by_id");
CREATE INDEX "stewardship_ruling_ruled_first_by_id_97edc867" ON "stewardship_ruling" ("ruled_first_by_id");
CREATE INDEX "stewardship_ruling_subject_id_c83c94e9" ON "stewardship_ruling" ("subject_id");
ALTER TABLE "stewardship_notice" ADD CONSTRAINT "stewardship_notice_alarm_id_6dc70f5c_fk_stewardship_alarm_id" FOREIGN KEY ("alarm_id") REFERENCES "stewardship_alarm" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_notice" ADD CONSTRAINT "stewardship_notice_notifier_id_445cd55b_fk_people_person_id" FOREIGN KEY ("notifier_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_notice" ADD CONSTRAINT "stewardship_notice_record_id_51c1d18c_fk_thread_record_id" FOREIGN KEY ("record_id") REFERENCES "thread_record" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_notice" ADD CONSTRAINT "stewardship_notice_ruling_id_4362e818_fk_stewardsh" FOREIGN KEY ("ruling_id") REFERENCES "stewardship_ruling" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "stewardship_notice_code_546ab9df_like" ON "stewardship_notice" ("code" varchar_pattern_ops);
CREATE INDEX "stewardship_notice_alarm_id_6dc70f5c" ON "stewardship_notice" ("alarm_id");
CREATE INDEX "stewardship_notice_notifier_id_445cd55b" ON "stewardship_notice" ("notifier_id");
CREATE INDEX "stewardship_notice_record_id_51c1d18c" ON "stewardship_notice" ("record_id");
CREATE INDEX "stewardship_notice_ruling_id_4362e818" ON "stewardship_notice" ("ruling_id");
ALTER TABLE "stewardship_appeal" ADD CONSTRAINT "stewardship_appeal_person_id_f4e953bb_fk_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_appeal" ADD CONSTRAINT "stewardship_appeal_ruling_id_b1c017b2_fk_stewardsh" FOREIGN KEY ("ruling_id") REFERENCES "stewardship_ruling" ("record_id") DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "stewardship_appeal_person_id_f4e953bb" ON "stewardship_appeal" ("person_id");
CREATE INDEX "stewardship_appeal_ruling_id_b1c017b2" ON "stewardship_appeal" ("ruling_id");
CREATE TABLE "stewardship_closure" ("process_id" uuid NOT NULL PRIMARY KEY, "years" smallint NOT NULL, "why_years" varchar(300) NOT NULL, "fate" varchar(8) NOT NULL, "why_fate" varchar(300) NOT NULL, "closed_on" date NOT NULL, CONSTRAINT "closure_years_are_sane" CHECK ("years" BETWEEN 1 AND 100));
CREATE TABLE "stewardship_package" ("id" uuid NOT NULL PRIMARY KEY, "version" smallint NOT NULL, "parts_done" smallint NOT NULL, "made_at" timestamp with time zone NULL, "sha256" varchar(64) NOT NULL, "size" bigint NOT NULL, "until" uuid NULL, "imprint" varchar(60) NOT NULL, "erased_at" timestamp with time zone NULL, "closure_id" uuid NOT NULL, "file_id" varchar(64) NULL, CONSTRAINT "one_package_per_version" UNIQUE ("closure_id", "version"), CONSTRAINT "a_package_that_is_made_has_its_hash" CHECK ((("made_at" IS NULL AND "sha256" = '') OR (NOT ("sha256" = '') AND NOT ("made_at" IS NULL)))));
ALTER TABLE "stewardship_closure" ADD CONSTRAINT "stewardship_closure_process_id_702798cb_fk_participa" FOREIGN KEY ("process_id") REFERENCES "participation_process" ("record_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_package" ADD CONSTRAINT "stewardship_package_closure_id_3a165552_fk_stewardsh" FOREIGN KEY ("closure_id") REFERENCES "stewardship_closure" ("process_id") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "stewardship_package" ADD CONSTRAINT "stewardship_package_file_id_055ef24b_fk_kernel_st" FOREIGN KEY ("file_id") REFERENCES "kernel_storedfile" ("sha256") DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX "one_package_in_the_making" ON "stewardship_package" ("closure_id") WHERE "made_at" IS NULL;
CREATE INDEX "stewardship_package_file_id_055ef24b" ON "stewardship_package" ("file_id");
CREATE INDEX "stewardship_package_file_id_055ef24b_like" ON "stewardship_package" ("file_id" varchar_pattern_ops);
create function refuse_without_a_ruling() returns trigger language plpgsql as $$
begin
  if (select r.outcome from stewardship_ruling r where r.subject_id = new.id
      order by r.record_id desc limit 1)
     is distinct from (case new.visibility when 'hidden' then 'hidden' else 'kept' end) then
    raise exception 'a column is hidden or shown again by a decision that all can read' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger column_is_hidden_by_a_ruling after update on thread_record
  for each row when (old.kind = 'column' and old.visibility is distinct from new.visibility)
  execute function refuse_without_a_ruling();
