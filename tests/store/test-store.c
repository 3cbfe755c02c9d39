/* SPDX-License-Identifier: GPL-3.0-or-later
 * Jobs on the threads of a store, their results, cancelling, and news of changes. */
#include "store/hall-store.h"

#include "scratch.h"
#include "scratch-library.h"
#include "store/hall-edits.h"
#include "store/hall-rows.h"

typedef struct {
  char      *path;
  HallStore *store;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  f->path = scratch_path ("library.hallway");
  f->store = hall_store_open (f->path, &scratch_clock, &scratch_random, 0, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  hall_store_close (f->store);
  g_assert_finalize_object (f->store);
  g_free (f->path);
}

static gboolean
save (HallDatabase  *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return hall_edits_save (db, data, &scratch_clock, &scratch_random, error);
}

static gboolean
save_then_fail (HallDatabase  *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_assert_true (save (db, data, cancellable, error));
  g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_EXISTS, "No");

  return FALSE;
}

static gboolean
count_chats (HallDatabase  *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  gint64 *count = data;

  *count = hall_database_get_int (db, error, "SELECT count(*) FROM chats", "");

  return *count >= 0;
}

static gint64
ask_count (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  gint64             count = -1;

  hall_store_read (f->store, count_chats, &count, NULL, &error);
  g_assert_no_error (error);

  return count;
}

static void
test_write_and_read (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (HallChat) chat = scratch_chat (NULL, "pycon");
  g_autoptr (GError)   error = NULL;

  g_assert_true (hall_store_write (f->store, save, chat, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask_count (f), ==, 1);
}

static void
test_write_fails (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (HallChat) chat = scratch_chat (NULL, "pycon");
  g_autoptr (GError)   error = NULL;

  g_assert_false (hall_store_write (f->store, save_then_fail, chat, NULL, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_EXISTS);
  g_assert_cmpint (ask_count (f), ==, 0);
}

static gboolean
try_to_write (HallDatabase  *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return hall_rows_put (db, data, error);
}

static void
test_read_cannot_write (Fixture       *f,
                        gconstpointer  data)
{
  g_autoptr (HallChat) chat = scratch_chat (NULL, "pycon");
  g_autoptr (GError)   error = NULL;

  g_assert_false (hall_store_read (f->store, try_to_write, chat, NULL, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_READ_ONLY);
}

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **kept)
{
  while (*kept == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *kept;
}

static void
test_async (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GError)       error = NULL;
  g_autofree gint64       *count = NULL;
  HallChat                *given_back;

  hall_store_write_async (f->store, save, hall_value_ref (chat), (GDestroyNotify) hall_value_unref, NULL, keep_result, &written);
  given_back = hall_store_job_finish (f->store, wait_for (&written), &error);
  g_assert_no_error (error);
  g_assert_true (given_back == chat);
  hall_value_unref (given_back);

  hall_store_read_async (f->store, count_chats, g_new0 (gint64, 1), g_free, NULL, keep_result, &read);
  count = hall_store_job_finish (f->store, wait_for (&read), &error);
  g_assert_no_error (error);
  g_assert_cmpint (*count, ==, 1);
}

static void
count_free (gpointer data)
{
  int *freed = data;

  (*freed)++;
}

static gboolean
do_nothing (HallDatabase  *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return TRUE;
}

static gboolean
fail (HallDatabase  *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND, "No");

  return FALSE;
}

/* Data that is not given back is freed once. */
static void
test_async_data (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult      *failed = NULL;
  GAsyncResult      *ignored = NULL;
  int                freed_failed = 0;
  int                freed_ignored = 0;

  hall_store_write_async (f->store, fail, &freed_failed, count_free, NULL, keep_result, &failed);
  g_assert_null (hall_store_job_finish (f->store, wait_for (&failed), &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  g_object_unref (failed);
  while (freed_failed == 0)
    g_main_context_iteration (NULL, TRUE);

  hall_store_write_async (f->store, do_nothing, &freed_ignored, count_free, NULL, keep_result, &ignored);
  wait_for (&ignored);
  g_object_unref (ignored);
  while (freed_ignored == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (freed_failed, ==, 1);
  g_assert_cmpint (freed_ignored, ==, 1);
}

static gpointer
ask_in_own_context (gpointer data)
{
  Fixture                 *f = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree gint64       *count = NULL;

  g_main_context_push_thread_default (context);
  hall_store_read_async (f->store, count_chats, g_new0 (gint64, 1), g_free, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  count = hall_store_job_finish (f->store, result, NULL);
  g_assert_cmpint (*count, ==, 0);
  g_clear_object (&result);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);

  return NULL;
}

static void
test_async_own_context (Fixture       *f,
                        gconstpointer  data)
{
  g_thread_join (g_thread_new ("asks", ask_in_own_context, f));
}

typedef struct {
  GMutex   mutex;
  GCond    moved;
  gboolean begun;
  gboolean may_end;
} Gate;

static void
open_gate (Gate     *gate,
           gboolean *what)
{
  g_mutex_lock (&gate->mutex);
  *what = TRUE;
  g_cond_broadcast (&gate->moved);
  g_mutex_unlock (&gate->mutex);
}

static void
await_gate (Gate     *gate,
            gboolean *what)
{
  g_mutex_lock (&gate->mutex);
  while (!*what)
    g_cond_wait (&gate->moved, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static gboolean
write_and_hold (HallDatabase  *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Gate                *gate = data;
  g_autoptr (HallChat) chat = scratch_chat (NULL, "held");
  gboolean             saved = save (db, chat, cancellable, error);

  open_gate (gate, &gate->begun);
  await_gate (gate, &gate->may_end);

  return saved;
}

/* If a reader waited for the writer, this would never end. */
static void
test_reader_does_not_wait (Fixture       *f,
                           gconstpointer  data)
{
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GError)       error = NULL;
  Gate                     gate = { 0 };

  hall_store_write_async (f->store, write_and_hold, &gate, NULL, NULL, keep_result, &written);
  await_gate (&gate, &gate.begun);
  g_assert_cmpint (ask_count (f), ==, 0);
  open_gate (&gate, &gate.may_end);
  hall_store_job_finish (f->store, wait_for (&written), &error);
  g_assert_no_error (error);
  g_assert_cmpint (ask_count (f), ==, 1);
}

/* Jobs that write come in order, and those in the queue are done before the store is closed. */
static void
test_close_finishes (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");
  g_autoptr (GError)       error = NULL;
  g_autofree char         *names = NULL;
  g_autoptr (HallDatabase) db = NULL;

  for (int i = 0; i < 50; i++) {
    g_autofree char *title = g_strdup_printf ("Day %d", i);

    hall_store_write_async (f->store, save, scratch_changed (chat, "title", title), (GDestroyNotify) hall_value_unref,
                            NULL, NULL, NULL);
  }
  hall_store_close (f->store);
  hall_store_close (f->store);

  names = scratch_list ();
  g_assert_cmpstr (names, ==, "library.hallway library.hallway-lock");
  db = scratch_library ();
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM history"), ==, 50);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM chats WHERE title = 'Day 49'"), ==, 1);

  g_assert_false (hall_store_write (f->store, save, chat, NULL, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_closed_async (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  int                      freed = 0;

  hall_store_close (f->store);
  hall_store_read_async (f->store, do_nothing, &freed, count_free, NULL, keep_result, &result);
  g_assert_null (hall_store_job_finish (f->store, wait_for (&result), &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
  g_clear_object (&result);
  while (freed == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_cancel_before (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  gint64                   count = -1;

  /* It is not even begun. */
  g_cancellable_cancel (cancellable);
  g_assert_false (hall_store_write (f->store, count_chats, &count, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count, ==, -1);
}

typedef struct {
  Gate      gate;
  HallChat *chat;
} HeldWrite;

static gboolean
write_hold_and_count (HallDatabase  *db,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  HeldWrite *held = data;

  if (!save (db, held->chat, cancellable, error))
    return FALSE;
  open_gate (&held->gate, &held->gate.begun);
  await_gate (&held->gate, &held->gate.may_end);

  return TRUE;
}

static void
test_cancel_inside (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GError)       error = NULL;
  HeldWrite                held = { .chat = chat };

  hall_store_write_async (f->store, write_hold_and_count, &held, NULL, cancellable, keep_result, &written);
  await_gate (&held.gate, &held.gate.begun);
  g_cancellable_cancel (cancellable);
  open_gate (&held.gate, &held.gate.may_end);
  g_assert_null (hall_store_job_finish (f->store, wait_for (&written), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (ask_count (f), ==, 0);
}

static gboolean
hold_then_count_for_ever (HallDatabase  *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  Gate *gate = data;

  open_gate (gate, &gate->begun);

  return hall_database_get_int (db, error,
                                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000) "
                                "SELECT count(*) FROM n", "") >= 0;
}

/* A query that would run for ever ends. */
static void
test_cancel_query (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GError)       error = NULL;
  Gate                     gate = { 0 };

  hall_store_read_async (f->store, hold_then_count_for_ever, &gate, NULL, cancellable, keep_result, &read);
  await_gate (&gate, &gate.begun);
  g_cancellable_cancel (cancellable);
  g_assert_null (hall_store_job_finish (f->store, wait_for (&read), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (ask_count (f), ==, 0);
}

/* What is on the disk is told as done, whatever was cancelled since. */
static void
test_cancel_after (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");
  g_autoptr (HallChat)     given_back = NULL;
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GError)       error = NULL;

  hall_store_write_async (f->store, save, hall_value_ref (chat), (GDestroyNotify) hall_value_unref, cancellable,
                          keep_result, &written);
  hall_store_write (f->store, do_nothing, NULL, NULL, NULL);
  g_cancellable_cancel (cancellable);
  given_back = hall_store_job_finish (f->store, wait_for (&written), &error);
  g_assert_no_error (error);
  g_assert_nonnull (given_back);
}

typedef struct {
  GString *heard;
  GThread *thread;
} Listener;

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
on_changed (HallStore *store,
            GStrv      tables,
            Listener  *listener)
{
  g_autofree char *joined = NULL;

  g_assert_true (g_thread_self () == listener->thread);
  qsort (tables, g_strv_length (tables), sizeof (char *), compare_names);
  joined = g_strjoinv (" ", tables);
  g_string_append_printf (listener->heard, "[%s]", joined);
}

static void
test_changed (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (HallChat)  chat = scratch_chat (NULL, "pycon");
  g_autoptr (HallGuest) guest = scratch_guest (chat, "Ada");
  g_autoptr (HallChat)  other = scratch_chat (NULL, "sprints");
  g_autoptr (GString)   heard = g_string_new (NULL);
  Listener              listener = { heard, g_thread_self () };

  g_signal_connect (f->store, "changed", G_CALLBACK (on_changed), &listener);

  /* Two commits, told of once, and only when the main loop comes round. */
  g_assert_true (hall_store_write (f->store, save, chat, NULL, NULL));
  g_assert_true (hall_store_write (f->store, save, guest, NULL, NULL));
  g_assert_cmpstr (heard->str, ==, "");
  while (heard->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (heard->str, ==, "[chats guests history]");
  g_string_truncate (heard, 0);

  /* What changes nothing is not told. */
  g_assert_true (hall_store_write (f->store, save, chat, NULL, NULL));
  g_assert_false (hall_store_write (f->store, save_then_fail, other, NULL, NULL));
  ask_count (f);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (heard->str, ==, "");

  g_assert_true (hall_store_write (f->store, save, other, NULL, NULL));
  while (heard->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (heard->str, ==, "[chats history]");
}

static gboolean
write_within (HallDatabase  *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return hall_store_write (data, do_nothing, NULL, NULL, error);
}

/* Waiting for a job from within a job would never end, so it is refused at once. */
static void
test_within (void)
{
  if (g_test_subprocess ()) {
    g_autofree char *path = scratch_path ("library.hallway");
    HallStore       *store = hall_store_open (path, &scratch_clock, &scratch_random, 0, NULL);

    hall_store_write (store, write_within, store, NULL, NULL);
    return;
  }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*inside*");
}

#define TEST(path, function) g_test_add ("/store/store/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TEST ("write-and-read", test_write_and_read);
  TEST ("write-fails", test_write_fails);
  TEST ("read-cannot-write", test_read_cannot_write);
  TEST ("async", test_async);
  TEST ("async/data", test_async_data);
  TEST ("async/own-context", test_async_own_context);
  TEST ("reader-does-not-wait", test_reader_does_not_wait);
  TEST ("close-finishes", test_close_finishes);
  TEST ("closed-async", test_closed_async);
  TEST ("cancel/before", test_cancel_before);
  TEST ("cancel/inside", test_cancel_inside);
  TEST ("cancel/query", test_cancel_query);
  TEST ("cancel/after", test_cancel_after);
  TEST ("changed", test_changed);
  g_test_add_func ("/store/store/within", test_within);

  return g_test_run ();
}
