/* SPDX-License-Identifier: GPL-3.0-or-later
 * hallwayd, the registration desk as a program: reads its command line, opens its folder, serves until told to stop. */
#include "server/hall-complaint.h"
#include "server/hall-control.h"
#include "server/hall-desk-folder.h"
#include "server/hall-desk.h"
#include "server/hall-listener.h"
#include "server/hall-token-orders.h"

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* Seconds a request may take to come in, when nothing else is asked for. */
#define DEADLINE 30

/* Seconds between one forgetting of what is old and the next. */
#define DAY (24 * 60 * 60)

/* How long replies may take to go out once the desk is told to stop. */
#define LAST_MOMENTS (3 * G_TIME_SPAN_SECOND)

typedef struct {
  char    *data;
  char    *listen;
  char    *public_url;
  int      deadline;
  char    *scope;
  gboolean version;
  char   **words; /* what else stands on the command line */
} Options;

static void
clear_options (Options *options)
{
  g_free (options->data);
  g_free (options->listen);
  g_free (options->public_url);
  g_free (options->scope);
  g_strfreev (options->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static int
fail_listen (const char   *place,
             const GError *error)
{
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    sentence = g_strdup_printf (_("%s is in use by another program. Choose another port."), place);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    sentence = g_strdup_printf (_("This user may not listen on %s. Choose a port above 1023."), place);
  else
    sentence = g_strdup_printf (_("It is not possible to listen on %s: %s."), place, error->message);

  return hall_complaint_print (sentence);
}

/* "127.0.0.1:8080" or "[::1]:8080" */
static GSocketAddress *
read_place (const char *place)
{
  const char      *colon = strrchr (place, ':');
  g_autofree char *host = NULL;
  guint64          port;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    return NULL;

  if (place[0] == '[' && colon > place + 1 && colon[-1] == ']')
    host = g_strndup (place + 1, colon - place - 2);
  else
    host = g_strndup (place, colon - place);

  /* An IPv6 address without brackets would leave open where it ends. */
  if (place[0] != '[' && strchr (host, ':') != NULL)
    return NULL;

  return g_inet_socket_address_new_from_string (host, port);
}

static gboolean
is_good_url (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
         (strcmp (g_uri_get_scheme (uri), "https") == 0 || strcmp (g_uri_get_scheme (uri), "http") == 0) &&
         g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL && g_uri_get_userinfo (uri) == NULL;
}

static void
warn_if_open (const Options  *options,
              GSocketAddress *address)
{
  GInetAddress *host = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));

  if (g_inet_address_get_is_loopback (host))
    return;

  g_printerr (_("hallwayd: Other machines can reach this desk without encryption. Put it behind a web server that speaks https."));
  g_printerr ("\n");
  if (options->public_url == NULL) {
    g_printerr (_("hallwayd: Without --public-url, sign-up links lead to the address it listens on."));
    g_printerr ("\n");
  }
}

typedef struct {
  HallDesk     *desk;
  HallDatabase *db;
} Archive;

/* A desk that cannot forget today goes on all the same, and tries again tomorrow. */
static gboolean
on_new_day (gpointer data)
{
  Archive           *archive = data;
  g_autoptr (GError) error = NULL;

  if (hall_database_begin (archive->db, &error)) {
    if (!hall_desk_prune (archive->desk, archive->db, &error))
      hall_database_rollback (archive->db);
    else
      hall_database_commit (archive->db, &error);
  }

  if (error != NULL)
    g_printerr ("hallwayd: what is old could not be forgotten: %s\n", error->message);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_stop (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_last_moment (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Whoever starts a desk may stop it as soon as it says that it is there. */
static void
run (HallListener *listener,
     const char   *url)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint                 term = g_unix_signal_add (SIGTERM, on_stop, loop);
  guint                 interrupt = g_unix_signal_add (SIGINT, on_stop, loop);
  gboolean              is_late = FALSE;
  guint                 late;

  g_print ("Listening on %s\n", url);
  g_main_loop_run (loop);

  late = g_timeout_add (LAST_MOMENTS / G_TIME_SPAN_MILLISECOND, on_last_moment, &is_late);
  while (hall_listener_is_busy (listener) && !is_late)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (late);
  g_source_remove (term);
  g_source_remove (interrupt);
}

static int
serve (const Options *options)
{
  g_autoptr (HallDeskFolder) folder = NULL;
  g_autoptr (HallDatabase)   db = NULL;
  g_autoptr (HallDesk)       desk = NULL;
  g_autoptr (HallControl)    control = NULL;
  g_autoptr (HallListener)   listener = NULL;
  g_autoptr (GSocketAddress) address = read_place (options->listen);
  g_autoptr (GError)         error = NULL;
  g_autofree char           *url = NULL;
  Archive                    archive;
  guint                      daily;

  if (address == NULL)
    return hall_complaint_print_use (_("--listen wants an address and a port, such as 127.0.0.1:8080."));

  folder = hall_desk_folder_open (options->data, &error);
  if (folder == NULL || !hall_desk_folder_lock (folder, &error))
    return hall_complaint_print_folder (options->data, error);
  db = hall_desk_open (hall_desk_folder_get_database_path (folder), &error);
  if (db == NULL)
    return hall_complaint_print_folder (options->data, error);

  listener = hall_listener_new (options->deadline);
  url = hall_listener_listen (listener, address, &error);
  if (url == NULL)
    return fail_listen (options->listen, error);

  desk = hall_desk_new (options->public_url != NULL ? options->public_url : url, &hall_clock_system, &hall_random_system);
  control = hall_control_new (folder, desk, db, &error);
  if (control == NULL)
    return hall_complaint_print_folder (options->data, error);

  archive = (Archive) { desk, db };
  on_new_day (&archive);
  daily = g_timeout_add_seconds (DAY, on_new_day, &archive);

  hall_listener_serve (listener, desk, db);
  warn_if_open (options, address);
  run (listener, url);
  g_source_remove (daily);

  return EXIT_SUCCESS;
}

static gboolean
read_options (int       *argc,
              char    ***argv,
              Options   *options,
              GError   **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options->data,
      N_("The folder to keep everything in; made when it is not there"), N_("DIR") },
    { "listen", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options->listen,
      N_("Where to listen, such as 127.0.0.1:8080 or [::1]:8080; port 0 for any that is free"), N_("ADDR:PORT") },
    { "public-url", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options->public_url,
      N_("Where people reach the pages, such as https://chats.example.org"), N_("URL") },
    { "deadline", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &options->deadline,
      N_("How long a request may take to come in (30)"), N_("SECONDS") },
    { "scope", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options->scope,
      N_("With “token add”: host (everything), check-in (read, and say who has come) or read (host)"), N_("SCOPE") },
    { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->version, N_("Show the version"), NULL },
    { G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, &options->words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_("[token add NAME | token list | token revoke NAME]"));

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _("The registration desk of Hallway: people sign up for live chats on its pages,\n"
                                           "and hosts exchange chats and sign-ups with it.\n\n"
                                           "With “token add NAME” it prints a new token, once; “token list” tells which there\n"
                                           "are; one that is revoked opens nothing from then on. All of that works whether a\n"
                                           "desk is running on the folder or not."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return g_option_context_parse (context, argc, argv, error);
}

/* A core would hold hosts' tokens and everybody's address. A collector that the core is piped to does not heed the
 * limit; nobody but the administrator has to look into a desk. */
static void
leave_no_core (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_CORE, &limit) == 0) {
    limit.rlim_cur = 0;
    setrlimit (RLIMIT_CORE, &limit);
  }
  prctl (PR_SET_DUMPABLE, 0);
}

int
main (int    argc,
      char **argv)
{
  g_auto (Options)   options = { .deadline = DEADLINE };
  g_autoptr (GError) error = NULL;
  g_autofree char   *sentence = NULL;
  guint              n_words;

  leave_no_core ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, HALL_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!read_options (&argc, &argv, &options, &error)) {
    sentence = g_strdup_printf ("%s.", error->message);
    return hall_complaint_print_use (sentence);
  }
  if (options.version) {
    g_print ("hallwayd %s\n", HALL_VERSION);
    return EXIT_SUCCESS;
  }

  n_words = options.words != NULL ? g_strv_length (options.words) : 0;
  if (options.data == NULL)
    return hall_complaint_print_use (_("--data is missing."));
  if (n_words > 0 && strcmp (options.words[0], "token") == 0)
    return hall_token_orders_run (options.data, options.scope, (const char *const *) options.words + 1);
  if (n_words > 0)
    return hall_complaint_print_use (_("The only command is “token”."));
  if (options.scope != NULL)
    return hall_complaint_print_use (_("--scope belongs to “token add”."));
  if (options.listen == NULL)
    return hall_complaint_print_use (_("--listen is missing."));
  if (options.public_url != NULL && !is_good_url (options.public_url))
    return hall_complaint_print_use (_("--public-url wants an address such as https://chats.example.org."));
  if (options.deadline < 1)
    return hall_complaint_print_use (_("--deadline wants a number of seconds, at least 1."));

  return serve (&options);
}
