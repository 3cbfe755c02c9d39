/* SPDX-License-Identifier: GPL-3.0-or-later
 * hallwayd as a process: starting, stopping, tokens, and being killed. */
#include "desk-process.h"

#include "store/hall-database.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_tokens (DeskProcess   *desk,
             gconstpointer  data)
{
  g_auto (Run)     other = { 0 };
  g_auto (Run)     twin = { 0 };
  g_auto (Run)     lines = { 0 };
  g_autofree char *token = NULL;
  g_autofree char *session = NULL;

  /* One was made while the desk was stopped (desk_process_set_up), this one is made while it runs. */
  desk_process_start (desk);
  other = desk_process_run ("--data", desk->data, "token", "add", "phone of mine", NULL);
  g_assert_cmpint (other.status, ==, 0);
  g_assert_cmpstr (other.err, ==, "");
  assert_one_line (other.out);
  token = g_strstrip (g_strdup (other.out));

  g_assert_cmpuint (desk_process_ask (desk, "GET", "/v1/session", desk->token, NULL, NULL), ==, 200);
  g_assert_cmpuint (desk_process_ask (desk, "GET", "/v1/session", token, NULL, &session), ==, 200);
  g_assert_nonnull (strstr (session, "\"name\":\"phone of mine\""));
  g_assert_nonnull (strstr (session, desk->url));
  g_assert_cmpuint (desk_process_ask (desk, "GET", "/v1/session", "hallway_no", NULL, NULL), ==, 401);

  twin = desk_process_run ("--data", desk->data, "token", "add", "laptop", NULL);
  g_assert_cmpint (twin.status, ==, 1);
  g_assert_cmpstr (twin.out, ==, "");
  assert_one_line (twin.err);

  lines = desk_process_run ("--data", desk->data, "token", "add", "tablet\ntoken add other", NULL);
  g_assert_cmpint (lines.status, ==, 1);
  g_assert_cmpstr (lines.out, ==, "");
  assert_one_line (lines.err);
}

/* Made, shown, used and revoked: once while nobody has the folder, once while a desk has it. */
static void
test_token_commands (DeskProcess   *desk,
                     gconstpointer  data)
{
  for (guint is_running = 0; is_running < 2; is_running++) {
    g_autofree char *session = NULL;
    g_autofree char *token = NULL;
    g_auto (GStrv)   lines = NULL;
    g_auto (Run)     door = { 0 };
    g_auto (Run)     list = { 0 };
    g_auto (Run)     gone = { 0 };
    g_auto (Run)     twice = { 0 };
    g_auto (Run)     rest = { 0 };

    if (is_running)
      desk_process_start (desk);

    door = desk_process_run ("--data", desk->data, "token", "add", "the door", "--scope", "check-in", NULL);
    g_assert_cmpint (door.status, ==, 0);
    assert_one_line (door.out);

    list = desk_process_run ("--data", desk->data, "token", "list", NULL);
    g_assert_cmpint (list.status, ==, 0);
    g_assert_cmpstr (list.err, ==, "");
    lines = g_strsplit (list.out, "\n", -1);
    g_assert_cmpuint (g_strv_length (lines), ==, 3);
    g_assert_true (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d  host      laptop$", lines[0], G_REGEX_DEFAULT, 0));
    g_assert_true (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d  check-in  the door$", lines[1], G_REGEX_DEFAULT, 0));
    g_assert_null (strstr (list.out, "hallway_"));

    if (is_running) {
      token = g_strstrip (g_strdup (door.out));
      g_assert_cmpuint (desk_process_ask (desk, "GET", "/v1/session", token, NULL, &session), ==, 200);
      g_assert_nonnull (strstr (session, "\"scopes\":[\"check-in\"]"));
    }

    gone = desk_process_run ("--data", desk->data, "token", "revoke", "the door", NULL);
    g_assert_cmpint (gone.status, ==, 0);
    g_assert_cmpstr (gone.out, ==, "");
    g_assert_cmpstr (gone.err, ==, "");
    twice = desk_process_run ("--data", desk->data, "token", "revoke", "the door", NULL);
    g_assert_cmpint (twice.status, ==, 1);
    g_assert_cmpstr (twice.out, ==, "");
    assert_one_line (twice.err);
    g_assert_nonnull (strstr (twice.err, "the door"));

    rest = desk_process_run ("--data", desk->data, "token", "list", NULL);
    assert_one_line (rest.out);
  }
}

static void
ask_on (GSocketConnection *connection,
        const char        *token,
        char              *heard,
        gsize              size)
{
  GIOStream       *stream = G_IO_STREAM (connection);
  g_autofree char *request = g_strdup_printf ("GET /v1/session HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n",
                                              token);
  gsize            length = 0;

  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (stream), request, strlen (request), NULL, NULL, NULL));
  heard[0] = '\0';
  while (!g_str_has_suffix (heard, "}")) {
    gssize n = g_input_stream_read (g_io_stream_get_input_stream (stream), heard + length, size - length - 1, NULL, NULL);

    g_assert_cmpint (n, >, 0);
    length += n;
    heard[length] = '\0';
  }
}

/* Refused at the next request, although the connection was opened with it. */
static void
test_revoked_while_connected (DeskProcess   *desk,
                              gconstpointer  data)
{
  g_autoptr (GSocketConnection) connection = NULL;
  g_auto (Run)                  gone = { 0 };
  char                          heard[4096];

  desk_process_start (desk);
  connection = desk_process_connect (desk);
  ask_on (connection, desk->token, heard, sizeof heard);
  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 200 "));

  gone = desk_process_run ("--data", desk->data, "token", "revoke", "laptop", NULL);
  g_assert_cmpint (gone.status, ==, 0);
  ask_on (connection, desk->token, heard, sizeof heard);
  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 401 "));
}

static void
test_stops_in_order (DeskProcess   *desk,
                     gconstpointer  data)
{
  g_autofree char *control = g_build_filename (desk->data, "control", NULL);
  g_autofree char *database = g_build_filename (desk->data, "desk.sqlite", NULL);
  g_autofree char *feed = NULL;
  GStatBuf         status;

  desk_process_start (desk);
  desk_process_add_chat (desk);
  g_assert_cmpuint (desk_process_sign_up (desk, "ada@example.org"), ==, 200);
  g_assert_cmpint (g_stat (control, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (database, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  desk_process_stop (desk);
  g_assert_false (g_file_test (control, G_FILE_TEST_EXISTS));

  desk_process_start (desk);
  g_assert_cmpuint (desk_process_ask (desk, "GET", "/v1/changes", desk->token, NULL, &feed), ==, 200);
  g_assert_nonnull (strstr (feed, "ada@example.org"));
}

static void
test_one_at_a_time (DeskProcess   *desk,
                    gconstpointer  data)
{
  g_auto (Run) second = { 0 };
  g_auto (Run) token = { 0 };

  desk_process_start (desk);
  second = desk_process_run ("--data", desk->data, "--listen", "127.0.0.1:0", NULL);
  g_assert_cmpint (second.status, ==, 1);
  g_assert_cmpstr (second.out, ==, "");
  assert_one_line (second.err);
  g_assert_nonnull (strstr (second.err, "Another hallwayd"));

  g_assert_cmpuint (desk_process_ask (desk, "GET", "/v1/session", desk->token, NULL, NULL), ==, 200);
  token = desk_process_run ("--data", desk->data, "token", "add", "other", NULL);
  g_assert_cmpint (token.status, ==, 0);
}

static void
test_port_taken (DeskProcess   *desk,
                 gconstpointer  data)
{
  g_autofree char *elsewhere = g_build_filename (desk->folder, "elsewhere", NULL);
  g_auto (Run)     second = { 0 };

  desk_process_start (desk);
  second = desk_process_run ("--data", elsewhere, "--listen", desk->url + strlen ("http://"), NULL);
  g_assert_cmpint (second.status, ==, 1);
  assert_one_line (second.err);
  g_assert_nonnull (strstr (second.err, "Choose another port"));
}

static void
test_wrong_use (DeskProcess   *desk,
                gconstpointer  data)
{
  const char *cases[][8] = {
    { NULL }, /* an array's rest is NULL */
    { "--data", desk->data, NULL },
    { "--listen", "127.0.0.1:0", NULL },
    { "--data", desk->data, "--listen", "here", NULL },
    { "--data", desk->data, "--listen", "127.0.0.1:99999", NULL },
    { "--data", desk->data, "--listen", "::1:8080", NULL },
    { "--data", desk->data, "--listen", "127.0.0.1:0", "--public-url", "chats.example.org", NULL },
    { "--data", desk->data, "--listen", "127.0.0.1:0", "--public-url", "https://example.org/?a", NULL },
    { "--data", desk->data, "--listen", "127.0.0.1:0", "--deadline", "0", NULL },
    { "--data", desk->data, "token", "add", NULL },
    { "--data", desk->data, "token", "drop", "x", NULL },
    { "--data", desk->data, "token", NULL },
    { "--data", desk->data, "token", "list", "x", NULL },
    { "--data", desk->data, "token", "revoke", NULL },
    { "--data", desk->data, "token", "revoke", "x", "--scope", "host", NULL },
    { "--data", desk->data, "token", "add", "x", "--scope", "guest", NULL },
    { "--data", desk->data, "--listen", "127.0.0.1:0", "--scope", "host", NULL },
    { "--no-such-option", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char **c = cases[i];
    g_auto (Run) run = desk_process_run (c[0], c[1], c[2], c[3], c[4], c[5], c[6], NULL);

    g_assert_cmpint (run.status, ==, 2);
    g_assert_cmpstr (run.out, ==, "");
    assert_one_line (run.err);
  }
}

static void
test_help (DeskProcess   *desk,
           gconstpointer  data)
{
  g_auto (Run) help = desk_process_run ("--help", NULL);
  g_auto (Run) version = desk_process_run ("--version", NULL);

  g_assert_cmpint (help.status, ==, 0);
  g_assert_nonnull (strstr (help.out, "--public-url"));
  g_assert_cmpint (version.status, ==, 0);
  g_assert_true (g_str_has_prefix (version.out, "hallwayd "));
  assert_one_line (version.out);
}

static void
assert_refuses (DeskProcess *desk,
                const char  *folder,
                const char  *says)
{
  g_auto (Run) start = desk_process_run ("--data", folder, "--listen", "127.0.0.1:0", NULL);
  g_auto (Run) token = desk_process_run ("--data", folder, "token", "add", "x", NULL);

  g_assert_cmpint (start.status, ==, 1);
  g_assert_cmpstr (start.out, ==, "");
  assert_one_line (start.err);
  g_assert_nonnull (strstr (start.err, says));

  g_assert_cmpint (token.status, ==, 1);
  g_assert_cmpstr (token.out, ==, "");
  assert_one_line (token.err);
}

static void
test_no_folder (DeskProcess   *desk,
                gconstpointer  data)
{
  g_autofree char *file = g_build_filename (desk->folder, "file", NULL);
  g_autofree char *under = g_build_filename (file, "data", NULL);
  g_autofree char *locked = g_build_filename (desk->folder, "locked", NULL);

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  assert_refuses (desk, file, "cannot be used");
  assert_refuses (desk, under, "cannot be used");

  g_assert_cmpint (g_mkdir (locked, 0500), ==, 0);
  if (g_access (locked, W_OK) == 0)
    g_test_message ("Whoever runs this may write everywhere, so that is not tried");
  else
    assert_refuses (desk, locked, "may not be written");
}

static void
test_other_database (DeskProcess   *desk,
                     gconstpointer  data)
{
  g_autofree char         *path = g_build_filename (desk->data, "desk.sqlite", NULL);
  g_autofree char         *before = NULL;
  g_autofree char         *after = NULL;
  g_autoptr (HallDatabase) db = NULL;
  g_autoptr (GError)       error = NULL;
  gsize                    n_before, n_after;

  db = hall_database_open (path, HALL_DATABASE_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (hall_database_script (db, "PRAGMA user_version = 99", &error));
  g_clear_pointer (&db, hall_database_close);

  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  assert_refuses (desk, desk->data, "newer hallwayd");
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);

  db = hall_database_open (path, HALL_DATABASE_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (hall_database_script (db, "PRAGMA application_id = 7", &error));
  g_clear_pointer (&db, hall_database_close);
  assert_refuses (desk, desk->data, "not a database of hallwayd");

  g_assert_true (g_file_set_contents (path, "Dear diary", -1, NULL));
  assert_refuses (desk, desk->data, "not a database of hallwayd");
  g_clear_pointer (&after, g_free);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "Dear diary");
}

static void
test_long_path (DeskProcess   *desk,
                gconstpointer  data)
{
  g_autofree char *name = g_strnfill (150, 'x');
  g_autofree char *path = g_build_filename (desk->folder, name, name, NULL);
  g_autofree char *control = g_build_filename (path, "control", NULL);
  g_auto (Run)     stopped = desk_process_run ("--data", path, "token", "add", "one", NULL);
  g_auto (Run)     running = { 0 };

  g_assert_cmpint (stopped.status, ==, 0);
  g_set_str (&desk->data, path);
  desk_process_start (desk);
  g_assert_true (g_file_test (control, G_FILE_TEST_EXISTS));
  running = desk_process_run ("--data", path, "token", "add", "two", NULL);
  g_assert_cmpint (running.status, ==, 0);
}

static void
test_ipv6 (DeskProcess   *desk,
           gconstpointer  data)
{
  g_autoptr (GSocketListener) probe = g_socket_listener_new ();
  g_autoptr (GSocketAddress)  any = g_inet_socket_address_new_from_string ("::1", 0);

  if (!g_socket_listener_add_address (probe, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL)) {
    g_test_skip ("This machine has no IPv6");
    return;
  }

  desk_process_start_with (desk, "--data", desk->data, "--listen", "[::1]:0", NULL);
  g_assert_true (g_str_has_prefix (desk->url, "http://[::1]:"));
  g_assert_cmpuint (desk_process_ask (desk, "GET", "/v1/session", desk->token, NULL, NULL), ==, 200);
}

static void
test_public_url (DeskProcess   *desk,
                 gconstpointer  data)
{
  g_autofree char *session = NULL;

  desk_process_start_with (desk, "--data", desk->data, "--listen", "127.0.0.1:0", "--public-url", "https://chats.example.org/", NULL);
  g_assert_cmpuint (desk_process_ask (desk, "GET", "/v1/session", desk->token, NULL, &session), ==, 200);
  g_assert_nonnull (strstr (session, "\"public_url\":\"https://chats.example.org\""));
}

static gint64
ask_database (DeskProcess *desk,
              const char  *sql)
{
  g_autofree char         *path = g_build_filename (desk->data, "desk.sqlite", NULL);
  g_autoptr (HallDatabase) db = hall_database_open (path, HALL_DATABASE_READ_WRITE, NULL);

  g_assert_nonnull (db);
  return hall_database_get_int (db, NULL, sql, "");
}

/* A desk that is started forgets what is old before it does anything else. */
static void
test_forgets (DeskProcess   *desk,
              gconstpointer  data)
{
  desk_process_start (desk);
  desk_process_add_chat (desk);
  desk_process_stop (desk);

  desk_process_start (desk);
  desk_process_stop (desk);
  g_assert_cmpint (ask_database (desk, "SELECT count(*) FROM answers WHERE body IS NOT NULL"), ==, 1);

  ask_database (desk, "UPDATE answers SET made_at = 1");
  desk_process_start (desk);
  desk_process_stop (desk);
  g_assert_cmpint (ask_database (desk, "SELECT count(*) FROM answers WHERE body IS NOT NULL"), ==, 0);
}

typedef struct {
  DeskProcess *desk;
  GMutex       mutex;
  GCond        more;
  GPtrArray   *acknowledged; /* addresses */
} Visitors;

/* Signs up one after the other until nobody answers any more. */
static gpointer
sign_up_many (gpointer data)
{
  Visitors               *visitors = data;
  g_autoptr (SoupSession) session = soup_session_new ();
  DeskProcess             desk = *visitors->desk;

  desk.session = session;
  for (guint i = 0;; i++) {
    g_autofree char *path = g_strdup_printf ("/v1/attendees/01900000-0000-7000-8000-%012u", i + 100);
    g_autofree char *address = g_strdup_printf ("visitor%u@example.org", i);
    g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"chat\":\"01900000-0000-7000-8000-000000000001\",\"name\":\"V\","
                                             "\"address\":\"%s\",\"address_key\":\"x\",\"status\":\"going\"}",
                                             strrchr (path, '/') + 1, address);
    guint            status = desk_process_ask (&desk, "PUT", path, desk.token, json, NULL);

    if (status == 0)
      return NULL;
    g_assert_cmpuint (status, ==, 201);

    g_mutex_lock (&visitors->mutex);
    g_ptr_array_add (visitors->acknowledged, g_steal_pointer (&address));
    g_cond_signal (&visitors->more);
    g_mutex_unlock (&visitors->mutex);
  }
}

/* Killed in the middle of sign-ups, it knows each one it had acknowledged when it is started again. */
static void
test_killed (DeskProcess   *desk,
             gconstpointer  data)
{
  for (guint round = 1; round <= 3; round++) {
    Visitors         visitors = { .desk = desk, .acknowledged = g_ptr_array_new_with_free_func (g_free) };
    GThread         *thread;
    g_autofree char *feed = NULL;
    g_auto (Run)     made = { 0 };

    g_free (desk->data);
    desk->data = g_strdup_printf ("%s/data%u", desk->folder, round);
    made = desk_process_run ("--data", desk->data, "token", "add", "laptop", NULL);
    g_free (desk->token);
    desk->token = g_strstrip (g_strdup (made.out));

    desk_process_start (desk);
    desk_process_add_chat (desk);
    thread = g_thread_new ("visitors", sign_up_many, &visitors);

    g_mutex_lock (&visitors.mutex);
    while (visitors.acknowledged->len < 15 * round)
      g_cond_wait (&visitors.more, &visitors.mutex);
    g_mutex_unlock (&visitors.mutex);
    desk_process_kill (desk);
    g_thread_join (thread);

    desk_process_start (desk);
    g_assert_cmpuint (desk_process_ask (desk, "GET", "/v1/changes", desk->token, NULL, &feed), ==, 200);
    for (guint i = 0; i < visitors.acknowledged->len; i++)
      g_assert_nonnull (strstr (feed, g_ptr_array_index (visitors.acknowledged, i)));
    desk_process_stop (desk);
    g_ptr_array_unref (visitors.acknowledged);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/hallwayd/" name, DeskProcess, NULL, desk_process_set_up, function, desk_process_tear_down)
  ADD ("tokens", test_tokens);
  ADD ("token-commands", test_token_commands);
  ADD ("revoked-while-connected", test_revoked_while_connected);
  ADD ("stops-in-order", test_stops_in_order);
  ADD ("one-at-a-time", test_one_at_a_time);
  ADD ("port-taken", test_port_taken);
  ADD ("wrong-use", test_wrong_use);
  ADD ("help", test_help);
  ADD ("no-folder", test_no_folder);
  ADD ("other-database", test_other_database);
  ADD ("long-path", test_long_path);
  ADD ("ipv6", test_ipv6);
  ADD ("public-url", test_public_url);
  ADD ("forgets", test_forgets);
  ADD ("killed", test_killed);

  return g_test_run ();
}
