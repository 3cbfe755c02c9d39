/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making up values. What is typed is never typed twice, so that it can be told where it went. */
#include "values.h"

#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-kinds.h"
#include "model/hall-post.h"
#include "model/hall-question.h"
#include "model/hall-series.h"

#include <string.h>

static guint
below (SimWorld *world,
       guint     sides)
{
  return sim_dice_roll (&world->dice, sides);
}

static char *
some_words (SimWorld *world)
{
  return g_strdup_printf ("w%" G_GINT64_MODIFIER "x", sim_dice_next (&world->dice) >> 24);
}

/* Few enough that hosts and visitors meet, with case as people type it. */
static char *
some_address (SimWorld *world)
{
  return g_strdup_printf ("%s%u@example.org", below (world, 2) ? "Guest" : "guest",
                          below (world, world->script.habits.n_addresses));
}

/* The pick stays the same when other rows are left out. */
SimRow *
sim_pick_row (SimWorld       *world,
              SimClient      *client,
              const HallKind *kind,
              gboolean        here)
{
  SimRow  *picked = NULL;
  guint64  lowest = G_MAXUINT64;
  guint64  salt = sim_dice_next (&world->dice);

  for (guint i = 0; i < world->ledger.order->len; i++) {
    SimRow  *row = world->ledger.order->pdata[i];
    SimCopy *copy = &row->copies[client->number];
    guint64  rank;

    if ((kind != NULL && row->kind != kind) || copy->here != here || (!here && copy->generation == 0))
      continue;
    rank = sim_chance_hash (salt, row->id + 19);
    if (rank < lowest) {
      lowest = rank;
      picked = row;
    }
  }

  return picked;
}

static const char *
get (const SimRow *row,
     int           client,
     const char   *name)
{
  const HallField *field = hall_kind_find_field (row->kind, name);

  return row->copies[client].fields.values[field - row->kind->fields];
}

static gboolean
is_free (SimWorld           *world,
         SimClient          *client,
         const HallAttendee *attendee)
{
  return hall_database_get_int (client->db, NULL, "SELECT count(*) FROM attendees WHERE chat = ? AND address_key = ? "
                                                  "AND id <> ?", "ttt",
                                attendee->chat, attendee->address_key, attendee->parent.id) == 0;
}

static gpointer
new_value (SimWorld       *world,
           SimClient      *client,
           const HallKind *kind)
{
  g_autofree char *id = hall_id_new (client->moment.now, &world->random);

  return hall_value_new (kind, id);
}

/* RFC 9562, 5.5, of the series and the wall time it gave the chat: two devices make the same. */
static char *
occurrence_id (const char *series,
               const char *wall)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8                b[20];
  gsize                 length = sizeof b;

  g_checksum_update (sum, (const guchar *) series, -1);
  g_checksum_update (sum, (const guchar *) wall, -1);
  g_checksum_get_digest (sum, b, &length);
  b[6] = (b[6] & 0x0f) | 0x50;
  b[8] = (b[8] & 0x3f) | 0x80;

  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
                          b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

static gpointer
make_series (SimWorld  *world,
             SimClient *client)
{
  HallSeries *series = new_value (world, client, &hall_series_kind);

  series->account = g_strdup (client->account->parent.id);
  series->title = some_words (world);
  series->wall = g_strdup ("2016-05-30T15:30");
  series->zone = g_strdup ("Europe/Berlin");
  series->rule = g_strdup ("FREQ=WEEKLY;COUNT=4");

  return series;
}

static gpointer
make_chat (SimWorld  *world,
           SimClient *client)
{
  const SimRow *series = sim_pick_row (world, client, &hall_series_kind, TRUE);
  HallChat     *chat;

  if (series != NULL && below (world, 2)) {
    g_autofree char *wall = g_strdup_printf ("2016-06-%02uT15:30", 6 + 7 * below (world, 3));
    g_autofree char *id = occurrence_id (series->id + 14, wall); /* not what its clock has put into it */
    const SimRow    *known = sim_ledger_find (&world->ledger, id);

    if (known != NULL && known->copies[client->number].generation != 0)
      return NULL;
    chat = hall_value_new (&hall_chat_kind, id);
    chat->series = g_strdup (series->id);
    chat->occurrence = g_strdup (wall);
    chat->wall = g_strdup (wall);
    chat->title = below (world, 2) ? g_strdup ("Office hours") : some_words (world);
    chat->slug = g_strdup_printf ("occurrence-%s", id + 30);
  } else {
    chat = new_value (world, client, &hall_chat_kind);
    chat->wall = g_strdup ("2016-05-30T15:30");
    chat->title = some_words (world);
    chat->slug = g_strdup_printf ("chat-%u", below (world, world->script.habits.n_slugs));
  }

  chat->account = below (world, 10) > 0 || chat->series != NULL ? g_strdup (client->account->parent.id) : NULL;
  chat->zone = g_strdup ("Europe/Berlin");
  chat->duration = 60;
  chat->capacity = sim_chance_percent (&world->dice, world->script.habits.capacity) ? 1 + below (world, 3) : 0;
  chat->status = g_strdup ("scheduled");

  return chat;
}

static gpointer
make_post (SimWorld  *world,
           SimClient *client)
{
  HallPost        *post = new_value (world, client, &hall_post_kind);
  g_autofree char *words = some_words (world);

  post->account = below (world, 10) > 0 ? g_strdup (client->account->parent.id) : NULL;
  post->file_name = g_strdup_printf ("2016-05-23-%s.markdown", words);
  post->text = g_strdup_printf ("first %s\nsecond\nthird\n", words);
  post->status = g_strdup ("draft");

  return post;
}

static gpointer
make_child (SimWorld  *world,
            SimClient *client,
            guint      which)
{
  const SimRow *chat = sim_pick_row (world, client, &hall_chat_kind, TRUE);
  const SimRow *asker;
  HallGuest    *guest;
  HallAttendee *attendee;
  HallQuestion *question;

  if (chat == NULL)
    return NULL;

  if (which == 0) {
    guest = new_value (world, client, &hall_guest_kind);
    guest->chat = g_strdup (chat->id);
    guest->name = some_words (world);
    guest->status = g_strdup ("invited");
    return guest;
  }

  if (which == 1) {
    attendee = new_value (world, client, &hall_attendee_kind);
    attendee->chat = g_strdup (chat->id);
    attendee->name = some_words (world);
    attendee->address = some_address (world);
    attendee->address_key = g_ascii_strdown (attendee->address, -1);
    attendee->status = g_strdup ("going");
    attendee->signed_up_at = client->moment.now;
    attendee->attended = below (world, 4) == 0;
    if (is_free (world, client, attendee))
      return attendee;
    hall_value_unref (attendee);
    return NULL;
  }

  question = new_value (world, client, &hall_question_kind);
  question->chat = g_strdup (chat->id);
  asker = sim_pick_row (world, client, &hall_attendee_kind, TRUE);
  if (asker != NULL && get (asker, client->number, "chat") == chat->id)
    question->attendee = g_strdup (asker->id);
  question->text = some_words (world);
  question->status = g_strdup ("open");
  question->asked_at = client->moment.now;

  return question;
}

/* A new row; NULL when there is nothing to hang it on, or its place is taken. */
gpointer
sim_value_make (SimWorld  *world,
                SimClient *client)
{
  guint which = below (world, 8);

  if ((world->script.habits.kinds & (1u << which)) == 0)
    which = 1;

  switch (which) {
  case 0:
    return make_series (world, client);
  case 1:
  case 2:
    return make_chat (world, client);
  case 3:
    return make_post (world, client);
  case 4:
    return make_child (world, client, 0);
  case 5:
  case 6:
    return make_child (world, client, 1);
  default:
    return make_child (world, client, 2);
  }
}

/* One line is put in, written over, or taken out. */
static char *
edit_lines (SimWorld   *world,
            const char *text)
{
  g_auto (GStrv)           lines = g_strsplit (text != NULL ? text : "one\ntwo\nthree", "\n", -1);
  g_autoptr (GStrvBuilder) edited = g_strv_builder_new ();
  g_auto (GStrv)           all = NULL;
  g_autofree char         *words = some_words (world);
  guint                    at = below (world, MAX (g_strv_length (lines), 1));
  guint                    how = below (world, 5);

  for (guint i = 0; lines[i] != NULL; i++) {
    if (i == at && how > 0)
      g_strv_builder_add (edited, words);
    if (i != at || how > 2)
      g_strv_builder_add (edited, lines[i]);
  }

  all = g_strv_builder_end (edited);
  return g_strjoinv ("\n", all);
}

static const char *
some_parent (SimWorld        *world,
             SimClient       *client,
             const HallField *field,
             gpointer         value)
{
  gboolean      is_series = strcmp (field->name, "series") == 0;
  const SimRow *row = sim_pick_row (world, client, is_series ? &hall_series_kind : &hall_attendee_kind, TRUE);

  if (row == NULL || below (world, 3) == 0)
    return NULL;
  if (!is_series && strcmp (get (row, client->number, "chat"), ((HallQuestion *) value)->chat) != 0)
    return NULL;

  return row->id;
}

static char *
some_text (SimWorld        *world,
           SimClient       *client,
           const HallField *field,
           gpointer         value)
{
  static const char *const walls[] = { "2016-05-30T15:30", "2016-06-01T09:00", "2016-10-30T02:30", "2017-01-01T00:00" };
  static const char *const zones[] = { "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "UTC" };
  static const struct { const HallKind *kind; const char *words[3]; } states[] = {
    { &hall_chat_kind, { "scheduled", "cancelled", "scheduled" } },
    { &hall_guest_kind, { "invited", "confirmed", "declined" } },
    { &hall_post_kind, { "draft", "published", "draft" } },
    { &hall_attendee_kind, { "going", "cancelled", "waitlist" } },
    { &hall_question_kind, { "open", "answered", "skipped" } },
  };
  g_autofree char *words = some_words (world);

  if ((field->flags & HALL_FIELD_LONG) != 0)
    return edit_lines (world, hall_value_get_text (value, field));
  if (strcmp (field->name, "slug") == 0)
    return g_strdup_printf ("chat-%u", below (world, world->script.habits.n_slugs));
  if (strcmp (field->name, "wall") == 0)
    return g_strdup (walls[below (world, G_N_ELEMENTS (walls))]);
  if (strcmp (field->name, "zone") == 0)
    return g_strdup (zones[below (world, G_N_ELEMENTS (zones))]);
  if (strcmp (field->name, "recording") == 0)
    return below (world, 3) == 0 ? NULL : g_strconcat ("https://example.org/", words, NULL);
  if (strcmp (field->name, "rule") == 0)
    return g_strdup_printf ("FREQ=WEEKLY;COUNT=%u", 2 + below (world, 5));
  if (strcmp (field->name, "file_name") == 0)
    return g_strconcat ("2016-05-30-", words, ".markdown", NULL);
  if (strcmp (field->name, "address") == 0)
    return some_address (world);
  if (strcmp (field->name, "series") == 0 || strcmp (field->name, "attendee") == 0)
    return g_strdup (some_parent (world, client, field, value));
  if (strcmp (field->name, "status") == 0)
    for (guint i = 0; i < G_N_ELEMENTS (states); i++)
      if (states[i].kind == ((HallValue *) value)->kind)
        return g_strdup (states[i].words[below (world, 3)]);

  /* Now and then what no service takes. */
  return below (world, 25) == 0 ? g_strconcat (words, "\a", NULL) : g_steal_pointer (&words);
}

static gint64
some_number (SimWorld        *world,
             const HallField *field,
             gint64           now)
{
  if (field->type == HALL_FIELD_BOOL)
    return !now;
  if (strcmp (field->name, "fold") == 0)
    return below (world, 2);
  if (strcmp (field->name, "capacity") == 0)
    return below (world, 4);

  return 15 * (1 + below (world, 8));
}

static gboolean
may_edit (const HallField *field)
{
  return sim_field_is_watched (field) && field->type != HALL_FIELD_MOMENT && strcmp (field->name, "chat") != 0 &&
         strcmp (field->name, "occurrence") != 0;
}

/* Gives one field of @value another value; FALSE when that cannot be, as when somebody else has that address. */
gboolean
sim_value_edit (SimWorld  *world,
                SimClient *client,
                gpointer   value)
{
  const HallKind  *kind = ((HallValue *) value)->kind;
  const HallField *field;
  g_autofree char *text = NULL;
  guint            at = below (world, kind->n_fields);

  while (!may_edit (&kind->fields[at]))
    at = (at + 1) % kind->n_fields;
  field = &kind->fields[at];

  if (field->type != HALL_FIELD_TEXT) {
    hall_value_set_int (value, field, some_number (world, field, hall_value_get_int (value, field)));
    return TRUE;
  }

  text = some_text (world, client, field, value);
  if (text == NULL && (field->flags & HALL_FIELD_REQUIRED) != 0)
    return FALSE;
  hall_value_set_text (value, field, text);
  if (kind == &hall_post_kind && strcmp (field->name, "file_name") == 0)
    return TRUE;
  if (kind != &hall_attendee_kind || strcmp (field->name, "address") != 0)
    return TRUE;

  g_free (((HallAttendee *) value)->address_key);
  ((HallAttendee *) value)->address_key = g_ascii_strdown (text, -1);
  return is_free (world, client, value);
}

/* What the row was when it went; NULL when it cannot stand any more. */
gpointer
sim_value_revive (SimClient    *client,
                  const SimRow *row)
{
  gpointer         value = hall_value_new (row->kind, row->id);
  const HallField *account = hall_kind_find_field (row->kind, "account");

  for (guint i = 0; i < row->kind->n_fields; i++) {
    const HallField *field = &row->kind->fields[i];
    const char      *text = row->copies[client->number].fields.values[i];

    if (!sim_field_is_watched (field))
      continue;
    if (field->type == HALL_FIELD_TEXT)
      hall_value_set_text (value, field, text);
    else
      hall_value_set_int (value, field, text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0);
  }
  if (account != NULL)
    hall_value_set_text (value, account, client->account->parent.id);
  if (row->kind == &hall_attendee_kind)
    ((HallAttendee *) value)->address_key = g_ascii_strdown (((HallAttendee *) value)->address, -1);

  return value;
}
