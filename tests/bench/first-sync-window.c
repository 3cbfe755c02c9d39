/* SPDX-License-Identifier: GPL-3.0-or-later
 * The real window during a first sync. Hallway's own functions are compiled so that they say when they begin and end;
 * this program is not, and adds up, for each turn of the main loop, the time between. */
#include "../ui/window-fixture.h"
#include "ui/hall-chat-overview.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define LIMIT 8.0 /* milliseconds */
/* The first chat of tests/bench/scene.py. */
#define CHAT  "0190a000-0000-7000-8000-000000000001"

typedef struct {
  double clock;     /* milliseconds that passed */
  double processor; /* of which this thread had a processor */
} Span;

typedef struct {
  Span     now;      /* of this turn, or of this callback */
  Span     worst;    /* by time on a processor */
  Span     sum;
  guint    n;
  guint    n_above;
  guint    when;     /* which of the n was the worst */
} Tally;

void __cyg_profile_func_enter (void *function, void *site);
void __cyg_profile_func_exit  (void *function, void *site);

static GPollFunc        real_poll;
static Tally            turns;     /* everything but waiting: GTK, GLib and Hallway */
static Tally            ours;      /* Hallway's share of each turn, with whatever it calls */
static Tally            moving;    /* the same, while the window goes to another page */
static GHashTable      *callbacks; /* of Tally, by the function each began with */
static gboolean         is_paused; /* while the host goes somewhere else in the window */
static Span             turn_began;
static Span             callback_began;
static __thread gboolean is_watched;
static guint            depth;
static GHashTable      *lines;     /* what the window said of its progress */

static double
read_clock (clockid_t which)
{
  struct timespec now;

  clock_gettime (which, &now);

  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static Span
read_time (void)
{
  return (Span) { read_clock (CLOCK_MONOTONIC), read_clock (CLOCK_THREAD_CPUTIME_ID) };
}

static Span
since (Span began)
{
  Span now = read_time ();

  return (Span) { now.clock - began.clock, now.processor - began.processor };
}

static void
add (Span *sum,
     Span  span)
{
  sum->clock += span.clock;
  sum->processor += span.processor;
}

static void
note (Tally *tally)
{
  tally->n++;
  add (&tally->sum, tally->now);
  if (tally->now.processor > LIMIT)
    tally->n_above++;
  if (tally->now.processor > tally->worst.processor) {
    tally->worst = tally->now;
    tally->when = tally->n;
  }
  tally->now = (Span) { 0 };
}

void
__cyg_profile_func_enter (void *function,
                          void *site)
{
  if (is_watched && depth++ == 0)
    callback_began = read_time ();
}

void
__cyg_profile_func_exit (void *function,
                         void *site)
{
  Tally *tally;

  if (!is_watched || --depth > 0)
    return;

  tally = g_hash_table_lookup (callbacks, function);
  if (tally == NULL) {
    tally = g_new0 (Tally, 1);
    g_hash_table_insert (callbacks, function, tally);
  }
  tally->now = since (callback_began);
  add (&ours.now, tally->now);
  note (tally);
}

/* A turn of the main loop lasts from the end of one wait to the beginning of the next. */
static int
poll_between (GPollFD *fds,
              guint    n_fds,
              int      timeout)
{
  int n;

  g_assert (depth == 0);
  turns.now = since (turn_began);
  if (is_paused) {
    moving.now = ours.now;
    ours.now = (Span) { 0 };
    note (&moving);
  } else {
    note (&turns);
    note (&ours);
  }

  n = real_poll (fds, n_fds, timeout);
  turn_began = read_time ();

  return n;
}

/* Kibibytes that this process alone answers for. */
static guint
read_memory (void)
{
  g_autofree char *rollup = NULL;
  const char      *found;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &rollup, NULL, NULL))
    return 0;

  found = strstr (rollup, "\nPss:");

  return found != NULL ? strtoul (found + strlen ("\nPss:"), NULL, 10) : 0;
}

/* Once for each tenth that has come. */
static void
watch_memory (const char *line,
              guint      *tenths)
{
  guint done, total;

  if (sscanf (line, "Receiving %u of %u", &done, &total) != 2 || total == 0 || done * 10ull / total < *tenths)
    return;

  printf ("  %u of %u: %u KiB\n", done, total, read_memory ());
  *tenths = done * 10ull / total + 1;
}

static gboolean
is_done (HallCourier *courier,
         guint       *tenths)
{
  g_autofree char *line = NULL;
  gint64           synced_at;
  guint            state;

  g_object_get (courier, "line", &line, "synced-at", &synced_at, "state", &state, NULL);
  if (g_str_has_prefix (line, "Receiving ")) {
    watch_memory (line, tenths);
    g_hash_table_add (lines, g_steal_pointer (&line));
  }
  if (state == HALL_COURIER_TROUBLE)
    g_error ("%s", line);

  return synced_at > 0 && state == HALL_COURIER_IDLE;
}

static void
look_for_address (GtkWidget *widget,
                  gpointer   is_there)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_width (widget) > 0 &&
      g_str_has_suffix (gtk_label_get_text (GTK_LABEL (widget)), "@example.org"))
    *(gboolean *) is_there = TRUE;
}

/* As soon as the first page has come: the chat, and then those who signed up for it. What it takes to build a page of
 * the window is the same with and without a sync, and told apart. */
static void
go_to_attendees (WindowFixture *fixture,
                 guint         *step,
                 gint64        *painted)
{
  GdkFrameClock *frames = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  GtkWidget     *widget;
  gboolean       is_there = FALSE;

  switch (*step) {
  case 0:
    if (g_hash_table_size (lines) == 0)
      return;
    is_paused = TRUE;
    window_fixture_do (fixture, "win.open", "(ss)", "chats", CHAT);
    break;
  case 1:
    widget = window_fixture_find (fixture, HALL_TYPE_CHAT_OVERVIEW, NULL);
    if (widget == NULL)
      return;
    g_signal_emit_by_name (widget, "go", "attendees");
    break;
  case 2:
    window_fixture_each (GTK_WIDGET (fixture->window), look_for_address, &is_there);
    if (!is_there)
      return;
    *painted = gdk_frame_clock_get_frame_counter (frames);
    break;
  case 3:
    /* The list makes its rows when it is laid out, and is painted with all of them. */
    if (gdk_frame_clock_get_frame_counter (frames) < *painted + 3)
      return;
    /* From here on, and not from the beginning of this turn. */
    is_paused = FALSE;
    ours.now = (Span) { 0 };
    turn_began = read_time ();
    g_hash_table_remove_all (callbacks);
    break;
  default:
    return;
  }

  (*step)++;
}

static void
report (const char  *name,
        const Tally *tally)
{
  printf ("%s: %u, of them %u above %.0f ms; worst %.2f ms (%.2f ms on the clock; number %u); in all %.0f ms\n",
          name, tally->n, tally->n_above, LIMIT, tally->worst.processor, tally->worst.clock, tally->when,
          tally->sum.processor);
}

static void
report_callbacks (void)
{
  GHashTableIter iter;
  gpointer       function, tally;

  g_hash_table_iter_init (&iter, callbacks);
  while (g_hash_table_iter_next (&iter, &function, &tally)) {
    g_autofree char *name = g_strdup_printf ("callback %p", function);

    report (name, tally);
  }
}

int
main (int    argc,
      char **argv)
{
  WindowFixture           fixture = { 0 };
  g_autoptr (HallAccount) account = NULL;
  HallCourier            *courier;
  guint                   tenths = 0;
  guint                   step = 0;
  gint64                  painted = 0;
  gint64                  began;

  g_assert (argc == 3);
  library_fixture_prepare ();
  gtk_init ();
  callbacks = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  window_fixture_set_up (&fixture, GINT_TO_POINTER (1000));
  window_fixture_open (&fixture);
  account = library_fixture_add_account_at (fixture.library.library, "Desk", argv[1], argv[2]);
  courier = hall_library_get_courier (fixture.library.library);
  while (g_main_context_iteration (NULL, FALSE))
    continue;

  /* The address of something that is known, for whoever looks the others up. */
  printf ("at: %p\n", (gpointer) hall_courier_sync_async);
  printf ("  before: %u KiB\n", read_memory ());
  is_watched = TRUE;
  real_poll = g_main_context_get_poll_func (NULL);
  turn_began = read_time ();
  g_main_context_set_poll_func (NULL, poll_between);
  began = g_get_monotonic_time ();
  window_fixture_do (&fixture, "win.sync", NULL);
  while (!is_done (courier, &tenths)) {
    g_main_context_iteration (NULL, TRUE);
    go_to_attendees (&fixture, &step, &painted);
  }
  is_watched = FALSE;
  g_main_context_set_poll_func (NULL, real_poll);

  printf ("  after: %u KiB\n", read_memory ());
  printf ("first-sync-window: %.1f s, progress told %u times, the attendees %s\n",
          (g_get_monotonic_time () - began) / 1e6, g_hash_table_size (lines), step == 4 ? "in sight" : "never seen");
  report_callbacks ();
  report ("turns until the attendees were in sight", &moving);
  report ("turns, GTK's share and Hallway's", &turns);
  report ("turns, Hallway's callbacks in each", &ours);

  window_fixture_tear_down (&fixture, NULL);
  g_hash_table_unref (callbacks);
  g_hash_table_unref (lines);

  return ours.n_above > 0 || step < 4 ? 1 : 0;
}
