/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is left of a library whose process was killed, or whose disk was full. Only the child processes here use
 * threads: GLib's do not survive a fork. */
#include "store/hall-store.h"

#include "scratch.h"
#include "scratch-library.h"
#include "store/hall-edits.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static gboolean
save (HallDatabase  *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return hall_edits_save (db, data, &scratch_clock, &scratch_random, error);
}

/* Saves post after post and tells of each over the pipe, until it is killed. */
static void
save_until_killed (const char *path,
                   const char *owner,
                   int         pipe_end)
{
  HallStore       *store = hall_store_open (path, &scratch_clock, &hall_random_system, 0, NULL);
  g_autofree char *text = g_strnfill (30000, 'x'); /* so that the log is moved into the file again and again */

  for (;;) {
    g_autoptr (HallPost) template = scratch_post (owner, text);
    g_autofree char     *id = hall_id_new (SCRATCH_NOW, &hall_random_system);
    g_autoptr (HallPost) post = hall_value_new (&hall_post_kind, id);

    for (guint i = 0; i < hall_post_kind.n_fields; i++)
      hall_value_take_field (post, template, &hall_post_kind.fields[i]);
    if (!hall_store_write (store, save, post, NULL, NULL) || write (pipe_end, id, HALL_ID_LENGTH) != HALL_ID_LENGTH)
      _exit (1);
  }
}

/* Every edit that was told of as saved is there, with its place in the outbox; none is there by half. */
static void
test_killed (void)
{
  g_autofree char           *path = scratch_path ("library.hallway");
  g_autoptr (HallAccount)    account = scratch_account ("Desk");
  g_autoptr (HallDatabase)   db = scratch_library ();
  g_autofree char           *healthy = NULL;
  g_autoptr (GPtrArray)      told = g_ptr_array_new_with_free_func (g_free);
  char                       id[HALL_ID_LENGTH + 1] = { 0 };
  int                        ends[2];
  pid_t                      child;

  scratch_put (db, account);
  g_clear_pointer (&db, hall_database_close);

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    save_until_killed (path, account->parent.id, ends[1]);
  close (ends[1]);
  while (read (ends[0], id, HALL_ID_LENGTH) == HALL_ID_LENGTH) {
    g_ptr_array_add (told, g_strdup (id));
    if (told->len == 150)
      kill (child, SIGKILL);
  }
  g_assert_cmpint (scratch_wait (child), ==, -SIGKILL);
  close (ends[0]);
  g_assert_cmpint (told->len, >=, 150);

  db = scratch_library ();
  for (guint i = 0; i < told->len; i++)
    g_assert_cmpint (hall_database_get_int (db, NULL, "SELECT count(*) FROM posts JOIN outbox USING (id) WHERE id = ?", "t",
                                            (const char *) told->pdata[i]), ==, 1);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM posts"), ==, scratch_ask (db, "SELECT count(*) FROM outbox"));
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM posts"), ==, scratch_ask (db, "SELECT count(*) FROM history"));
  healthy = hall_database_get_text (db, NULL, "PRAGMA integrity_check", "");
  g_assert_cmpstr (healthy, ==, "ok");
}

static gboolean
count_posts (HallDatabase  *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  *(gint64 *) data = hall_database_get_int (db, error, "SELECT count(*) FROM posts", "");

  return *(gint64 *) data >= 0;
}

/* Saves until nothing more fits, then still reads what is there. */
static int
fill_up (const char *path)
{
  struct rlimit    limit = { 600000, 600000 };
  g_autofree char *text = g_strnfill (20000, 'x');
  gint64           saved = 0;
  gint64           count = 0;

  for (HallStore *store = NULL;; saved++) {
    g_autoptr (HallPost) post = scratch_post (NULL, text);
    g_autoptr (GError)   error = NULL;

    if (store == NULL) {
      store = hall_store_open (path, &scratch_clock, &scratch_random, 0, &error);
      if (store == NULL)
        return 3;
      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
    }
    if (hall_store_write (store, save, post, NULL, &error))
      continue;
    if (!g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FULL))
      return 1;
    if (!hall_store_read (store, count_posts, &count, NULL, NULL) || count != saved || saved == 0)
      return 2;
    hall_store_close (store);
    return 0;
  }
}

static void
test_disk_full (void)
{
  g_autofree char         *path = scratch_path ("library.hallway");
  g_autofree char         *healthy = NULL;
  g_autoptr (HallDatabase) db = NULL;
  pid_t                    child = fork ();

  if (child == 0)
    _exit (fill_up (path));
  g_assert_cmpint (scratch_wait (child), ==, 0);

  db = scratch_library ();
  healthy = hall_database_get_text (db, NULL, "PRAGMA integrity_check", "");
  g_assert_cmpstr (healthy, ==, "ok");
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM posts"), >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/crash/killed", test_killed);
  g_test_add_func ("/store/crash/disk-full", test_disk_full);

  return g_test_run ();
}
