/* SPDX-License-Identifier: GPL-3.0-or-later
 * From what a host types to a chat: the time read, the slug made, everything checked, then saved. */
#include "app/hall-planner.h"

#include "app/hall-check.h"
#include "app/hall-edit.h"
#include "app/hall-filing.h"
#include "app/hall-job.h"
#include "app/hall-problem.h"
#include "format/hall-slug.h"
#include "format/hall-when.h"
#include "store/hall-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#define USUAL_DURATION 60 /* minutes */

/* A chat on its way into the library, or a slug to be found there. */
typedef struct {
  HallStore      *store;
  HallChat       *chat;
  gboolean        any_slug; /* the slug came from the title, so a number may be put behind it */
  char           *slug;     /* to be found */
  const HallChat *saved;    /* or found */
} Plan;

static void
free_plan (gpointer data)
{
  Plan *plan = data;

  g_object_unref (plan->store);
  hall_value_unref (plan->chat);
  g_free (plan->slug);
  hall_value_unref (plan->saved);
  g_free (plan);
}

static char *
ask_which (const HallWhen *when)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *said = hall_when_say (when->wall, when->zone, when->fold);
  gint64           moment;

  if (when->kind == HALL_WALL_TIME_SKIPPED)
    return g_strdup_printf (_("Clocks go forward that day, and %s does not come. Nothing was saved. Is %s meant?"),
                            strchr (when->wall, 'T') + 1, said);

  hall_wall_time_to_moment (when->wall, when->zone, 0, &moment);
  first = hall_wall_time_abbreviation (moment, when->zone);
  hall_wall_time_to_moment (when->wall, when->zone, 1, &moment);
  second = hall_wall_time_abbreviation (moment, when->zone);

  return g_strdup_printf (_("Clocks go back that day, and %s comes twice. Nothing was saved. "
                            "Is the first (%s) or the second (%s) meant?"),
                          strchr (when->wall, 'T') + 1, first, second);
}

/* A number behind the title's slug, cut so that both fit. */
static char *
number_slug (const char *slug,
             guint       number)
{
  g_autofree char *end = g_strdup_printf ("-%u", number);
  g_autofree char *front = g_strndup (slug, MIN (strlen (slug), HALL_SLUG_LONGEST - strlen (end)));

  while (g_str_has_suffix (front, "-"))
    front[strlen (front) - 1] = '\0';

  return g_strconcat (front, end, NULL);
}

static gboolean
find_free_slug (HallDatabase  *db,
                HallChat      *chat,
                GError       **error)
{
  g_autofree char *slug = g_strdup (chat->slug);

  for (guint number = 2; ; number++) {
    g_autofree char *other = NULL;

    if (!hall_filing_who_has_slug (db, chat->slug, chat->parent.id, &other, error))
      return FALSE;
    if (other == NULL)
      return TRUE;

    g_free (chat->slug);
    chat->slug = number_slug (slug, number);
  }
}

static gboolean
add_job (HallDatabase  *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Plan *plan = data;

  if (plan->any_slug && !find_free_slug (db, plan->chat, error))
    return FALSE;

  plan->saved = hall_filing_save (plan->store, db, plan->chat, error);

  return plan->saved != NULL;
}

static gboolean
find_job (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Plan                 *plan = data;
  g_autoptr (GPtrArray) found = hall_rows_list (db, &hall_chat_kind, "WHERE slug = ?1 ORDER BY row", plan->slug, error);

  if (found == NULL)
    return FALSE;
  if (found->len == 0) {
    g_set_error (error, HALL_APP_ERROR, HALL_APP_ERROR_NOT_FOUND,
                 _("There is no chat “%s” in the library. Nothing was changed. Look at the list of chats."), plan->slug);
    return FALSE;
  }

  plan->saved = hall_value_ref (g_ptr_array_index (found, 0));

  return TRUE;
}

static HallChat *
make_chat (HallLibrary         *library,
           const HallChatWish  *wish,
           GError             **error)
{
  g_autoptr (HallChat) chat = hall_library_new_value (library, &hall_chat_kind);
  gint64               now = hall_clock_now (hall_library_get_clock (library));

  chat->title = g_strstrip (g_strdup (wish->title != NULL ? wish->title : ""));
  chat->slug = wish->slug != NULL ? g_strdup (wish->slug) : hall_slug_from_title (chat->title);
  chat->summary = g_strdup (wish->summary);
  chat->series = g_strdup (wish->series);
  chat->duration = wish->duration != 0 ? wish->duration : USUAL_DURATION;
  chat->status = g_strdup ("scheduled");

  if (!hall_planner_read_time (wish->at, wish->zone, wish->fold, now, &chat->wall, &chat->fold, &chat->zone, error) ||
      !hall_check_value (chat, error))
    return NULL;

  return g_steal_pointer (&chat);
}

/**
 * hall_planner_add_chat_async:
 * @library: a library
 * @wish: what the host asks for; not needed any more when this returns
 *
 * Adds a chat to the library. A slug made of the title gets a number when another chat has it; one that the host
 * named does not. Main loop only.
 */
void
hall_planner_add_chat_async (HallLibrary         *library,
                             const HallChatWish  *wish,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  HallChat *chat;
  GError   *error = NULL;
  Plan     *plan;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (wish != NULL);

  chat = make_chat (library, wish, &error);
  if (chat == NULL) {
    g_task_report_error (library, callback, user_data, hall_planner_add_chat_async, error);
    return;
  }

  plan = g_new0 (Plan, 1);
  plan->store = g_object_ref (hall_library_get_store (library));
  plan->chat = chat;
  plan->any_slug = wish->slug == NULL;
  hall_edit_async (library, add_job, plan, free_plan, callback, user_data);
}

/**
 * hall_planner_add_chat_finish:
 * @error: %HALL_APP_ERROR_WRONG_USE or %HALL_APP_ERROR_EXISTS with a sentence for people, %HALL_FORMAT_ERROR for a time that cannot be
 *   read, or what the store says
 *
 * Returns: (transfer full) (nullable): the chat as it is saved
 */
HallChat *
hall_planner_add_chat_finish (HallLibrary   *library,
                              GAsyncResult  *result,
                              GError       **error)
{
  Plan *plan = hall_edit_finish (library, result, error);

  return plan != NULL ? hall_value_ref (plan->saved) : NULL;
}

/**
 * hall_planner_find_chat_async:
 * @library: a library
 * @slug: the end of a chat's sign-up address
 */
void
hall_planner_find_chat_async (HallLibrary         *library,
                              const char          *slug,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Plan *plan;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (slug != NULL);

  plan = g_new0 (Plan, 1);
  plan->store = g_object_ref (hall_library_get_store (library));
  plan->slug = g_strdup (slug);
  hall_job_read_async (library, plan->store, find_job, plan, free_plan, NULL, callback, user_data);
}

/**
 * hall_planner_find_chat_finish:
 * @error: %HALL_APP_ERROR_NOT_FOUND, or what the store says
 *
 * Returns: (transfer full) (nullable): the chat
 */
HallChat *
hall_planner_find_chat_finish (HallLibrary   *library,
                               GAsyncResult  *result,
                               GError       **error)
{
  Plan *plan = hall_job_finish (library, result, error);

  return plan != NULL ? hall_value_ref (plan->saved) : NULL;
}

/**
 * hall_planner_read_time:
 * @at: (nullable): a time as people write it
 * @zone: (nullable): the zone that is meant when @at names none; NULL for the host's
 * @fold: 0 or 1 for the first or second of a time that comes twice, -1 when it was not said
 * @now: microseconds since 1970 in UTC
 * @wall: (out) (transfer full): "2016-05-30T15:30"
 * @wall_fold: (out): 0 or 1
 * @wall_zone: (out) (transfer full): tz database name
 * @error: %HALL_FORMAT_ERROR when it cannot be read; %HALL_APP_ERROR_WRONG_USE with a sentence that asks which
 *   time is meant when it does not come, or comes twice
 *
 * Any thread.
 *
 * Returns: whether the time is one that comes, and which
 */
gboolean
hall_planner_read_time (const char  *at,
                        const char  *zone,
                        int          fold,
                        gint64       now,
                        char       **wall,
                        gint64      *wall_fold,
                        char       **wall_zone,
                        GError     **error)
{
  g_autoptr (HallWhen) when = NULL;
  g_autofree char     *host_zone = NULL;

  g_return_val_if_fail (wall != NULL && wall_fold != NULL && wall_zone != NULL, FALSE);

  if (zone == NULL)
    zone = host_zone = hall_wall_time_host_zone ();
  if (!hall_wall_time_zone_exists (zone)) {
    g_set_error (error, HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE,
                 _("There is no time zone “%s”. Nothing was saved. Name one such as Europe/Berlin."), zone);
    return FALSE;
  }

  when = hall_when_read (at != NULL ? at : "", now, zone, error);
  if (when == NULL)
    return FALSE;

  if (when->kind == HALL_WALL_TIME_SKIPPED || (when->kind == HALL_WALL_TIME_TWICE && fold < 0)) {
    g_autofree char *question = ask_which (when);

    g_set_error_literal (error, HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE, question);
    return FALSE;
  }

  *wall = g_steal_pointer (&when->wall);
  *wall_zone = g_steal_pointer (&when->zone);
  *wall_fold = when->kind == HALL_WALL_TIME_TWICE ? fold : when->fold;

  return TRUE;
}

/**
 * hall_planner_retime:
 * @chat: a chat
 * @at: its new time, as for hall_planner_read_time()
 *
 * Returns: (transfer full) (nullable): the chat at its new time, not yet saved; NULL with @error as
 *   hall_planner_read_time() has it
 */
HallChat *
hall_planner_retime (const HallChat  *chat,
                     const char      *at,
                     const char      *zone,
                     int              fold,
                     gint64           now,
                     GError         **error)
{
  g_autofree char *wall = NULL;
  g_autofree char *wall_zone = NULL;
  gint64           wall_fold;
  HallChat        *edited;

  g_return_val_if_fail (chat != NULL, NULL);

  if (!hall_planner_read_time (at, zone != NULL ? zone : chat->zone, fold, now, &wall, &wall_fold, &wall_zone, error))
    return NULL;

  edited = hall_value_copy (chat);
  g_set_str (&edited->wall, wall);
  g_set_str (&edited->zone, wall_zone);
  edited->fold = wall_fold;

  return edited;
}

/**
 * hall_planner_retitle:
 * @chat: a chat
 * @title: its new title
 *
 * The slug stays, as people have the address.
 *
 * Returns: (transfer full): the chat with its new title, not yet saved
 */
HallChat *
hall_planner_retitle (const HallChat *chat,
                      const char     *title)
{
  HallChat *edited;

  g_return_val_if_fail (chat != NULL && title != NULL, NULL);

  edited = hall_value_copy (chat);
  g_free (edited->title);
  edited->title = g_strstrip (g_strdup (title));

  return edited;
}

/**
 * hall_planner_cancel:
 * @chat: a chat
 *
 * Returns: (transfer full): the chat as cancelled, not yet saved
 */
HallChat *
hall_planner_cancel (const HallChat *chat)
{
  HallChat *edited;

  g_return_val_if_fail (chat != NULL, NULL);

  edited = hall_value_copy (chat);
  g_set_str (&edited->status, "cancelled");

  return edited;
}
