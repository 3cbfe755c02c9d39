/* SPDX-License-Identifier: GPL-3.0-or-later
 * Libraries and values of one test. */
#include "scratch-library.h"

#include "format/hall-wire.h"
#include "scratch.h"
#include "store/hall-bases.h"
#include "store/hall-edits.h"
#include "store/hall-library-schema.h"
#include "store/hall-rows.h"

static gint64
stand_still (gpointer data)
{
  return SCRATCH_NOW;
}

/* Counts, so that a test always has the same ids. */
static void
fill_with_number (guint8   *bytes,
                  gsize     length,
                  gpointer  data)
{
  static guint64 number = 0;
  guint64        next = ++number;

  for (gsize i = length; i > 0; i--, next >>= 8)
    bytes[i - 1] = next & 0xff;
}

const HallClock  scratch_clock = { stand_still, NULL };
const HallRandom scratch_random = { fill_with_number, NULL };

HallDatabase *
scratch_library (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = scratch_path ("library.hallway");
  HallDatabase      *db = hall_migrator_open (path, hall_library_schema (), &error);

  g_assert_no_error (error);

  return db;
}

void
scratch_begin (HallDatabase *db)
{
  g_autoptr (GError) error = NULL;

  hall_database_begin (db, &error);
  g_assert_no_error (error);
}

void
scratch_commit (HallDatabase *db)
{
  g_autoptr (GError) error = NULL;

  hall_database_commit (db, &error);
  g_assert_no_error (error);
}

char *
scratch_id (void)
{
  return hall_id_new (SCRATCH_NOW, &scratch_random);
}

static gpointer
new_value (const HallKind *kind)
{
  g_autofree char *id = scratch_id ();

  return hall_value_new (kind, id);
}

HallAccount *
scratch_account (const char *name)
{
  HallAccount *account = new_value (&hall_account_kind);

  account->name = g_strdup (name);
  account->service = g_strdup ("hallwayd");
  account->url = g_strdup ("https://desk.example.org");

  return account;
}

HallSeries *
scratch_series (const char *account)
{
  HallSeries *series = new_value (&hall_series_kind);

  series->account = g_strdup (account);
  series->title = g_strdup ("Office hours");
  series->wall = g_strdup ("2016-05-30T15:30");
  series->zone = g_strdup ("America/Los_Angeles");

  return series;
}

HallChat *
scratch_chat (const char *account,
              const char *slug)
{
  HallChat *chat = new_value (&hall_chat_kind);

  chat->account = g_strdup (account);
  chat->title = g_strdup ("Live from Day 1");
  chat->slug = g_strdup (slug);
  chat->wall = g_strdup ("2016-05-30T15:30");
  chat->zone = g_strdup ("America/Los_Angeles");
  chat->duration = 60;
  chat->status = g_strdup ("scheduled");

  return chat;
}

HallPost *
scratch_post (const char *account,
              const char *text)
{
  HallPost *post = new_value (&hall_post_kind);

  post->account = g_strdup (account);
  post->file_name = g_strdup ("2016-05-23-live.markdown");
  post->text = g_strdup (text);
  post->status = g_strdup ("draft");

  return post;
}

HallGuest *
scratch_guest (const HallChat *chat,
               const char     *name)
{
  HallGuest *guest = new_value (&hall_guest_kind);

  guest->chat = g_strdup (chat->parent.id);
  guest->name = g_strdup (name);
  guest->status = g_strdup ("invited");

  return guest;
}

HallAttendee *
scratch_attendee (const HallChat *chat,
                  const char     *name,
                  const char     *address)
{
  HallAttendee *attendee = new_value (&hall_attendee_kind);

  attendee->chat = g_strdup (chat->parent.id);
  attendee->name = g_strdup (name);
  attendee->address = g_strdup (address);
  attendee->address_key = g_ascii_strdown (address, -1);
  attendee->status = g_strdup ("going");
  attendee->signed_up_at = SCRATCH_NOW;

  return attendee;
}

HallQuestion *
scratch_question (const HallChat     *chat,
                  const HallAttendee *attendee,
                  const char         *text)
{
  HallQuestion *question = new_value (&hall_question_kind);

  question->chat = g_strdup (chat->parent.id);
  question->attendee = g_strdup (attendee != NULL ? attendee->parent.id : NULL);
  question->text = g_strdup (text);
  question->status = g_strdup ("open");
  question->asked_at = SCRATCH_NOW;

  return question;
}

HallPerson *
scratch_person (const char *address)
{
  HallPerson *person = new_value (&hall_person_kind);

  person->address = g_strdup (address);

  return person;
}

/* As sync does it: the row alone. */
void
scratch_put (HallDatabase  *db,
             gconstpointer  value)
{
  g_autoptr (GError) error = NULL;

  hall_rows_put (db, value, &error);
  g_assert_no_error (error);
}

/* As the host does it, in a transaction of its own. */
void
scratch_save (HallDatabase  *db,
              gconstpointer  value)
{
  g_autoptr (GError) error = NULL;

  scratch_begin (db);
  hall_edits_save (db, value, &scratch_clock, &scratch_random, &error);
  g_assert_no_error (error);
  scratch_commit (db);
}

void
scratch_remove (HallDatabase  *db,
                gconstpointer  value)
{
  const HallValue   *self = value;
  g_autoptr (GError) error = NULL;

  scratch_begin (db);
  hall_edits_remove (db, self->kind, self->id, &scratch_clock, &scratch_random, &error);
  g_assert_no_error (error);
  scratch_commit (db);
}

/* As if the service had said just this of the row. */
void
scratch_base (HallDatabase  *db,
              const char    *account,
              gconstpointer  value)
{
  const HallValue   *self = value;
  g_autofree char   *json = hall_wire_write (value, HALL_WIRE_ALL);
  g_autoptr (GError) error = NULL;

  hall_bases_put (db, account, self->kind, self->id, "00000000000000aa", json, &error);
  g_assert_no_error (error);
}

/* A copy with one text changed. */
gpointer
scratch_changed (gconstpointer  value,
                 const char    *field,
                 const char    *text)
{
  HallValue *copy = hall_value_copy (value);

  hall_value_set_text (copy, hall_kind_find_field (copy->kind, field), text);

  return copy;
}

/* The outbox in order: "create chat queued, change chat unknown". */
char *
scratch_outbox (HallDatabase *db)
{
  return hall_database_get_text (db, NULL,
                                 "SELECT group_concat(verb || ' ' || kind || ' ' || state, ', ' ORDER BY number) FROM outbox",
                                 "");
}
