/* SPDX-License-Identifier: GPL-3.0-or-later
 * A host without a window, to be killed: edits a library and exchanges it at the same time, as fast as it can.
 * It says each edit before it is made and again once it is saved; the one who kills it keeps the books. */
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-post.h"
#include "store/hall-accounts.h"
#include "store/hall-conflicts.h"
#include "store/hall-edits.h"
#include "store/hall-rows.h"
#include "store/hall-store.h"
#include "sync/hall-choices.h"
#include "sync/hall-sync.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LONGEST_TEXT 4000 /* bytes; the desk takes more */

typedef struct {
  HallStore   *store;
  HallAccount *account;
  char        *token;
  char        *prefix; /* of the words that edits bring in: each is used once */
  GRand       *rand;
  guint        number;
  char        *chosen;     /* the conflict that was ended last, or absent */
  char        *chosen_row; /* its kind and row */
  int          stopped; /* atomic */
  GThread     *editing;
  GThread     *exchanging;
} Worker;

/* What an edit does to a row of its kind. */
typedef enum {
  ADD,
  SET,    /* a field gets the word */
  INSERT, /* a text gets the word as a line of its own, anywhere */
  REMOVE,
} Verb;

static const char *const verbs[] = { "add", "set", "insert", "remove" };

static const struct {
  const HallKind *kind;
  Verb            verb;
  const char     *field;
  guint           share;
} edits[] = {
  { &hall_chat_kind, ADD, "title", 6 },
  { &hall_chat_kind, SET, "title", 10 },
  { &hall_chat_kind, INSERT, "summary", 12 },
  { &hall_chat_kind, REMOVE, "title", 2 },
  { &hall_guest_kind, ADD, "name", 12 },
  { &hall_guest_kind, SET, "name", 8 },
  { &hall_guest_kind, INSERT, "bio", 8 },
  { &hall_guest_kind, REMOVE, "name", 4 },
  { &hall_post_kind, ADD, "text", 6 },
  { &hall_post_kind, SET, "file_name", 4 },
  { &hall_post_kind, INSERT, "text", 14 },
  { &hall_post_kind, REMOVE, "text", 2 },
};

/* In one piece, so that a kill leaves whole lines. */
G_GNUC_PRINTF (1, 2) static void
say (const char *format,
     ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  line = g_strconcat (g_strdelimit (text, "\n", ' '), "\n", NULL);
  if (write (STDOUT_FILENO, line, strlen (line)) != (gssize) strlen (line))
    _exit (EXIT_FAILURE);
}

static void
insist (gboolean      went_well,
        const GError *error)
{
  if (went_well)
    return;

  say ("broken %s", error != NULL ? error->message : "without a reason");
  _exit (EXIT_FAILURE);
}

/* Chats with such a slug are there to be removed; nobody signs up for them. */
static gboolean
is_passing (const HallChat *chat)
{
  return g_str_has_prefix (chat->slug, "gone-");
}

static HallValue *
pick (Worker          *self,
      HallDatabase    *db,
      const HallKind  *kind,
      GError         **error)
{
  g_autofree char      *count = g_strdup_printf ("SELECT count(*) FROM %s", kind->plural);
  gint64                n = hall_database_get_int (db, error, count, "");
  g_autofree char      *rest = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  insist (n >= 0, *error);
  if (n == 0)
    return NULL;

  /* Those made last are edited most, while they are on their way. */
  rest = g_strdup_printf ("ORDER BY row DESC LIMIT 1 OFFSET %d",
                          g_rand_int_range (self->rand, 0, g_rand_boolean (self->rand) ? MIN ((int) n, 4) : (int) n));
  rows = hall_rows_list (db, kind, rest, NULL, error);
  insist (rows != NULL, *error);

  return rows->len > 0 ? hall_value_ref (rows->pdata[0]) : NULL;
}

static HallValue *
make (Worker          *self,
      HallDatabase    *db,
      const HallKind  *kind,
      const char      *word,
      GError         **error)
{
  g_autofree char *id = hall_id_new (hall_clock_now (&hall_clock_system), &hall_random_system);
  HallValue       *value = hall_value_new (kind, id);

  if (kind == &hall_chat_kind) {
    HallChat *chat = (HallChat *) value;

    chat->account = g_strdup (self->account->parent.id);
    chat->title = g_strdup (word);
    chat->slug = g_strconcat (g_rand_int_range (self->rand, 0, 4) == 0 ? "gone-" : "chat-", word, NULL);
    chat->wall = g_strdup ("2999-12-30T12:00");
    chat->zone = g_strdup ("UTC");
    chat->status = g_strdup ("scheduled");
  } else if (kind == &hall_guest_kind) {
    HallGuest            *guest = (HallGuest *) value;
    g_autoptr (HallValue) chat = pick (self, db, &hall_chat_kind, error);

    if (chat == NULL) {
      hall_value_unref (value);
      return NULL;
    }
    guest->chat = g_strdup (chat->id);
    guest->name = g_strdup (word);
    guest->status = g_strdup ("invited");
  } else {
    HallPost *post = (HallPost *) value;

    post->account = g_strdup (self->account->parent.id);
    post->file_name = g_strconcat (word, ".markdown", NULL);
    post->text = g_strconcat (word, "\n", NULL);
    post->status = g_strdup ("draft");
  }

  return value;
}

static char *
insert_line (Worker     *self,
             const char *text,
             const char *word)
{
  g_auto (GStrv)      lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  guint               n = g_strv_length (lines);
  guint               place = n > 1 ? (guint) g_rand_int_range (self->rand, 0, n) : 0;
  g_autoptr (GString) whole = g_string_new (NULL);

  for (guint i = 0; i < n || i == place; i++) {
    if (i == place)
      g_string_append_printf (whole, "%s\n", word);
    if (i < n && *lines[i] != '\0')
      g_string_append_printf (whole, "%s\n", lines[i]);
  }

  return g_string_free_and_steal (g_steal_pointer (&whole));
}

static HallValue *
change (Worker          *self,
        HallDatabase    *db,
        guint            which,
        const char      *word,
        GError         **error)
{
  g_autoptr (HallValue) before = pick (self, db, edits[which].kind, error);
  const HallField      *field = hall_kind_find_field (edits[which].kind, edits[which].field);
  g_autoptr (HallValue) after = NULL;
  g_autofree char      *text = NULL;
  const char           *old;

  if (before == NULL)
    return NULL;
  if (edits[which].verb == REMOVE)
    return before->kind != &hall_chat_kind || is_passing ((HallChat *) before) ? g_steal_pointer (&before) : NULL;

  old = hall_value_get_text (before, field);
  if (edits[which].verb == SET)
    text = g_strdup (word);
  else if (old == NULL || strlen (old) < LONGEST_TEXT)
    text = insert_line (self, old, word);
  else
    return NULL;

  after = hall_value_copy (before);
  hall_value_set_text (after, field, text);

  return g_steal_pointer (&after);
}

static guint
choose_edit (GRand *rand)
{
  guint whole = 0;
  guint which = 0;
  int   left;

  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    whole += edits[i].share;
  left = g_rand_int_range (rand, 0, whole);
  while (left >= (int) edits[which].share)
    left -= edits[which++].share;

  return which;
}

/* Does nothing when there is nothing yet that could be edited so. */
static gboolean
edit_once (HallDatabase  *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Worker               *self = data;
  guint                 which = choose_edit (self->rand);
  g_autofree char      *word = g_strdup_printf ("%s%u", self->prefix, self->number);
  g_autoptr (HallValue) value = NULL;
  gboolean              done;

  value = edits[which].verb == ADD ? make (self, db, edits[which].kind, word, error)
                                   : change (self, db, which, word, error);
  if (value == NULL)
    return TRUE;

  say ("try %u %s %s %s %s %s", self->number, verbs[edits[which].verb], value->kind->plural, value->id,
       edits[which].field, word);
  done = edits[which].verb == REMOVE
           ? hall_edits_remove (db, value->kind, value->id, &hall_clock_system, &hall_random_system, error)
           : hall_edits_save (db, value, &hall_clock_system, &hall_random_system, error);

  return done;
}

/* Ends a conflict, or takes the last such word back. */
static gboolean
choose_once (HallDatabase  *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Worker               *self = data;
  g_autoptr (GPtrArray) conflicts = hall_conflicts_list (db, error);
  const HallConflict   *conflict;

  insist (conflicts != NULL, *error);
  if (self->chosen_row != NULL && g_rand_int_range (self->rand, 0, 3) == 0) {
    g_autofree char *chosen = g_steal_pointer (&self->chosen);
    g_autofree char *row = g_steal_pointer (&self->chosen_row);

    say ("choose %s", row);
    return hall_choices_undo (db, chosen, &hall_clock_system, &hall_random_system, error);
  }
  if (conflicts->len == 0)
    return TRUE;

  conflict = conflicts->pdata[g_rand_int_range (self->rand, 0, conflicts->len)];
  g_set_str (&self->chosen, conflict->id);
  g_free (self->chosen_row);
  self->chosen_row = g_strconcat (conflict->kind->plural, " ", conflict->row, NULL);
  say ("choose %s", self->chosen_row);

  return hall_choices_make (db, conflict->id, g_rand_boolean (self->rand) ? HALL_CHOICE_MINE : HALL_CHOICE_THEIRS,
                            NULL, &hall_clock_system, &hall_random_system, error);
}

/* The row may have moved on since, or another one stand in its way; a host would look again. */
static void
choose (Worker *self)
{
  g_autoptr (GError) error = NULL;
  gboolean           done = hall_store_write (self->store, choose_once, self, NULL, &error);

  insist (done || g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND) ||
            g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_EXISTS),
          error);
}

static gpointer
edit_on (gpointer data)
{
  Worker *self = data;

  for (; !g_atomic_int_get (&self->stopped); self->number++) {
    g_autoptr (GError) error = NULL;
    gboolean           done = hall_store_write (self->store, edit_once, self, NULL, &error);

    insist (done, error);
    say ("saved %u", self->number);
    if (g_rand_int_range (self->rand, 0, 6) == 0)
      choose (self);
    g_usleep (g_rand_int_range (self->rand, 0, 3000));
  }

  return NULL;
}

static gboolean
exchange (Worker *self)
{
  g_autoptr (GError) error = NULL;
  HallSyncResult     result;
  gboolean           done;

  done = hall_sync_run (self->store, self->account, self->token, NULL, NULL, &result, NULL, &error);
  if (done)
    say ("synced %u %u %u %u", result.sent, result.received, result.parked, result.conflicts);
  else
    say ("unsynced %s %d %s", g_quark_to_string (error->domain), error->code, error->message);

  return done;
}

static gpointer
exchange_on (gpointer data)
{
  Worker *self = data;

  while (!g_atomic_int_get (&self->stopped))
    g_usleep (exchange (self) ? 500 : 5000);

  return NULL;
}

static gboolean
find_account (HallDatabase  *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Worker               *self = data;
  g_autoptr (GPtrArray) accounts = hall_rows_list (db, &hall_account_kind, "ORDER BY row", NULL, error);

  if (accounts == NULL)
    return FALSE;
  if (accounts->len == 0)
    return hall_accounts_add (db, self->account, &hall_clock_system, &hall_random_system, error);

  hall_value_unref (self->account);
  self->account = hall_value_ref (accounts->pdata[0]);

  return TRUE;
}

static void
serve (Worker     *self,
       const char *url,
       const char *token)
{
  g_autofree char   *id = hall_id_new (hall_clock_now (&hall_clock_system), &hall_random_system);
  g_autoptr (GError) error = NULL;
  gboolean           done;

  self->account = hall_value_new (&hall_account_kind, id);
  self->account->name = g_strdup ("Home");
  self->account->service = g_strdup ("hallwayd");
  self->account->url = g_strdup (url);
  self->token = g_strdup (token);

  done = hall_store_write (self->store, find_account, self, NULL, &error);
  insist (done, error);
  say ("ready");
}

static void
go (Worker     *self,
    guint32     seed,
    const char *prefix)
{
  g_set_str (&self->prefix, prefix);
  g_rand_set_seed (self->rand, seed);
  self->number = 0;
  g_atomic_int_set (&self->stopped, FALSE);
  self->editing = g_thread_new ("editing", edit_on, self);
  self->exchanging = g_thread_new ("exchanging", exchange_on, self);
}

static void
stop (Worker *self)
{
  g_atomic_int_set (&self->stopped, TRUE);
  g_clear_pointer (&self->editing, g_thread_join);
  g_clear_pointer (&self->exchanging, g_thread_join);
}

/* usage: kill-worker LIBRARY; what to do comes in lines. */
int
main (int    argc,
      char **argv)
{
  Worker             self = { .rand = g_rand_new_with_seed (0) };
  g_autoptr (GError) error = NULL;
  char               line[1024];

  if (argc != 2)
    return 2;

  self.store = hall_store_open (argv[1], &hall_clock_system, &hall_random_system, 10, &error);
  insist (self.store != NULL, error);

  while (fgets (line, sizeof line, stdin) != NULL) {
    g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", -1);
    guint          n = g_strv_length (words);

    if (n == 3 && strcmp (words[0], "serve") == 0) {
      serve (&self, words[1], words[2]);
    } else if (n == 3 && strcmp (words[0], "go") == 0) {
      go (&self, strtoul (words[1], NULL, 10), words[2]);
    } else if (n == 1 && strcmp (words[0], "stop") == 0) {
      stop (&self);
      say ("stopped");
    } else if (n == 1 && strcmp (words[0], "sync") == 0) {
      exchange (&self);
    }
  }

  stop (&self);
  hall_store_close (self.store);
  g_object_unref (self.store);
  hall_value_unref (self.account);
  g_rand_free (self.rand);
  g_free (self.token);
  g_free (self.prefix);
  g_free (self.chosen);
  g_free (self.chosen_row);

  return 0;
}
