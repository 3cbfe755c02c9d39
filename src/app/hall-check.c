/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rules a value keeps before it is saved, in words for whoever typed it. */
#include "app/hall-check.h"

#include "format/hall-post-file.h"
#include "format/hall-slug.h"
#include "model/hall-address.h"
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-post.h"
#include "model/hall-question.h"
#include "model/hall-series.h"
#include "model/hall-wall-time.h"

#include <glib/gi18n.h>

#define LONGEST_TITLE 300
#define LONGEST_CHAT  (24 * 60) /* minutes */

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError    **error,
        const char *sentence,
        ...)
{
  va_list arguments;

  va_start (arguments, sentence);
  g_propagate_error (error, g_error_new_valist (HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE, sentence, arguments));
  va_end (arguments);

  return FALSE;
}

static gboolean
is_empty (const char *text)
{
  if (text == NULL)
    return TRUE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

static gboolean
is_one_of (const char        *word,
           const char *const *words)
{
  return word != NULL && g_strv_contains (words, word);
}

static gboolean
has_control_character (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

static gboolean
check_texts (const HallValue *value,
             GError         **error)
{
  for (guint i = 0; i < value->kind->n_fields; i++) {
    const HallField *field = &value->kind->fields[i];
    const char      *text;

    if (field->type != HALL_FIELD_TEXT)
      continue;

    text = hall_value_get_text (value, field);
    if (text != NULL && !g_utf8_validate (text, -1, NULL))
      return refuse (error, _("This holds characters that cannot be read. Nothing was saved. Type it again."));
  }

  return TRUE;
}

static gboolean
check_title (const char *title,
             GError    **error)
{
  if (is_empty (title))
    return refuse (error, _("A title is missing. Nothing was saved. Give it a title."));
  if (g_utf8_strlen (title, -1) > LONGEST_TITLE)
    return refuse (error, _("This title is too long. Nothing was saved. Keep it under %d characters."), LONGEST_TITLE);
  if (has_control_character (title))
    return refuse (error, _("A title is one line of text. Nothing was saved. Take the line breaks out."));

  return TRUE;
}

static gboolean
check_time (const char *wall,
            const char *zone,
            GError    **error)
{
  gint64 moment;

  if (!hall_wall_time_zone_exists (zone))
    return refuse (error, _("There is no time zone “%s”. Nothing was saved. Name one such as Europe/Berlin."),
                   zone != NULL ? zone : "");
  if (is_empty (wall))
    return refuse (error, _("A time is missing. Nothing was saved. Give one such as 2016-05-30 15:30."));

  switch (hall_wall_time_to_moment (wall, zone, 0, &moment)) {
  case HALL_WALL_TIME_SKIPPED:
    return refuse (error, _("Clocks go forward then, and this time does not happen in %s. Nothing was saved. "
                            "Choose an earlier or a later time."), zone);
  case HALL_WALL_TIME_INVALID:
    return refuse (error, _("“%s” is not a day and time. Nothing was saved. Give one such as 2016-05-30 15:30."), wall);
  case HALL_WALL_TIME_PLAIN:
  case HALL_WALL_TIME_TWICE:
  default:
    return TRUE;
  }
}

static gboolean
check_duration (gint64   duration,
                GError **error)
{
  if (duration < 1 || duration > LONGEST_CHAT)
    return refuse (error, _("A chat lasts from 1 to %d minutes. Nothing was saved. Choose another length."), LONGEST_CHAT);

  return TRUE;
}

static gboolean
check_status (const char        *status,
              const char *const *words,
              GError           **error)
{
  if (!is_one_of (status, words))
    return refuse (error, _("“%s” is not a state it can be in. Nothing was saved."), status != NULL ? status : "");

  return TRUE;
}

static gboolean
check_name (const char *name,
            GError    **error)
{
  if (is_empty (name))
    return refuse (error, _("A name is missing. Nothing was saved. Give a name."));

  return TRUE;
}

static gboolean
check_address (const char *address,
               GError    **error)
{
  if (!hall_address_is_valid (address))
    return refuse (error, _("“%s” is not a mail address. Nothing was saved. Write it as ana@example.org."),
                   address != NULL ? address : "");

  return TRUE;
}

static gboolean
check_chat (const HallChat *chat,
            GError        **error)
{
  static const char *const words[] = { "scheduled", "cancelled", NULL };

  if (!check_title (chat->title, error) || !check_time (chat->wall, chat->zone, error) ||
      !check_duration (chat->duration, error) || !check_status (chat->status, words, error))
    return FALSE;
  if (!hall_slug_is_valid (chat->slug))
    return refuse (error, _("“%s” cannot be the end of a web address. Nothing was saved. "
                            "Use small letters, digits and hyphens, such as pycon-day-1."),
                   chat->slug != NULL ? chat->slug : "");
  if (chat->capacity < 0)
    return refuse (error, _("There cannot be fewer than no seats. Nothing was saved. Give 0 for no limit."));

  return TRUE;
}

static gboolean
check_series (const HallSeries *series,
              GError          **error)
{
  return check_title (series->title, error) && check_time (series->wall, series->zone, error) &&
         check_duration (series->duration, error);
}

static gboolean
check_guest (const HallGuest *guest,
             GError         **error)
{
  static const char *const words[] = { "invited", "confirmed", "declined", NULL };

  if (!check_name (guest->name, error) || !check_status (guest->status, words, error))
    return FALSE;
  if (guest->address != NULL && !check_address (guest->address, error))
    return FALSE;
  if (guest->zone != NULL && !hall_wall_time_zone_exists (guest->zone))
    return refuse (error, _("There is no time zone “%s”. Nothing was saved. Name one such as Europe/Berlin."),
                   guest->zone);

  return TRUE;
}

static gboolean
check_post (const HallPost *post,
            GError        **error)
{
  static const char *const words[] = { "draft", "published", NULL };
  const char              *name = post->file_name;

  /* The name may have come from a service, and becomes a file's name on export. */
  if (!hall_post_file_name_is_valid (name))
    return refuse (error, _("A file cannot be called “%s”. Nothing was saved. "
                            "Choose a plain name such as 2016-05-23-live.markdown."), name != NULL ? name : "");

  return check_status (post->status, words, error);
}

static gboolean
check_attendee (const HallAttendee *attendee,
                GError            **error)
{
  static const char *const words[] = { "going", "waitlist", "cancelled", NULL };

  return check_name (attendee->name, error) && check_address (attendee->address, error) &&
         check_status (attendee->status, words, error);
}

static gboolean
check_question (const HallQuestion *question,
                GError            **error)
{
  static const char *const words[] = { "open", "answered", "skipped", NULL };

  if (is_empty (question->text))
    return refuse (error, _("The question is empty. Nothing was saved. Write what is asked."));

  return check_status (question->status, words, error);
}

/**
 * hall_check_value:
 * @value: a value of any kind
 *
 * Looks at what can be judged from the value alone; whether a slug is taken, only the library knows.
 * Kinds that a host does not type in have no rules here.
 *
 * Any thread.
 *
 * Returns: whether it may be saved; if not, @error is %HALL_APP_ERROR_WRONG_USE with a sentence for people
 */
gboolean
hall_check_value (gconstpointer   value,
                  GError        **error)
{
  const HallValue *self = value;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_texts (self, error))
    return FALSE;

  if (self->kind == &hall_chat_kind)
    return check_chat (value, error);
  if (self->kind == &hall_series_kind)
    return check_series (value, error);
  if (self->kind == &hall_guest_kind)
    return check_guest (value, error);
  if (self->kind == &hall_post_kind)
    return check_post (value, error);
  if (self->kind == &hall_attendee_kind)
    return check_attendee (value, error);
  if (self->kind == &hall_question_kind)
    return check_question (value, error);

  return TRUE;
}
