/* SPDX-License-Identifier: GPL-3.0-or-later
 * One table of names. A field that is not in it never stands on screen: an id, or what follows from another field. */
#include "ui/hall-field-text.h"

#include "format/hall-when.h"
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-post.h"
#include "model/hall-question.h"
#include "model/hall-series.h"
#include "ui/hall-moment-text.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const HallKind *kind;
  const char     *title;
  const char     *icon;
} KindName;

static const KindName kind_names[] = {
  { &hall_chat_kind,     N_("Chat"),     "hall-chats-symbolic" },
  { &hall_post_kind,     N_("Post"),     "hall-posts-symbolic" },
  { &hall_guest_kind,    N_("Guest"),    "avatar-default-symbolic" },
  { &hall_question_kind, N_("Question"), "hall-questions-symbolic" },
  { &hall_attendee_kind, N_("Sign-up"),  "hall-people-symbolic" },
  { &hall_series_kind,   N_("Series"),   "view-refresh-symbolic" },
};

typedef struct {
  const HallKind *kind; /* NULL for every kind that has it */
  const char     *field;
  const char     *title;
  HallTyped       typed;
} FieldName;

static const FieldName field_names[] = {
  { &hall_chat_kind,     "slug",         N_("End of the sign-up address"), HALL_TYPED_LINE },
  { &hall_chat_kind,     "summary",      N_("What it is about"),           HALL_TYPED_TEXT },
  { &hall_chat_kind,     "wall",         N_("Time"),                       HALL_TYPED_TIME },
  { &hall_chat_kind,     "capacity",     N_("Seats"),                      HALL_TYPED_NUMBER },
  { &hall_chat_kind,     "recording",    N_("Recording"),                  HALL_TYPED_LINE },
  { &hall_chat_kind,     "series",       N_("Series"),                     HALL_TYPED_NOT },
  { &hall_series_kind,   "summary",      N_("What it is about"),           HALL_TYPED_TEXT },
  { &hall_series_kind,   "wall",         N_("First time"),                 HALL_TYPED_TIME },
  { &hall_series_kind,   "rule",         N_("How often"),                  HALL_TYPED_NOT },
  { &hall_post_kind,     "file_name",    N_("File name"),                  HALL_TYPED_LINE },
  { &hall_post_kind,     "text",         N_("Text"),                       HALL_TYPED_TEXT },
  { &hall_guest_kind,    "bio",          N_("About them"),                 HALL_TYPED_TEXT },
  { &hall_guest_kind,    "pronouns",     N_("Pronouns"),                   HALL_TYPED_LINE },
  { &hall_question_kind, "name",         N_("Asked by"),                   HALL_TYPED_LINE },
  { &hall_question_kind, "text",         N_("Question"),                   HALL_TYPED_TEXT },
  { &hall_question_kind, "asked_at",     N_("Asked"),                      HALL_TYPED_NOT },
  { &hall_attendee_kind, "attended",     N_("Came to the chat"),           HALL_TYPED_NOT },
  { &hall_attendee_kind, "signed_up_at", N_("Signed up"),                  HALL_TYPED_NOT },
  { NULL,                "title",        N_("Title"),                      HALL_TYPED_LINE },
  { NULL,                "name",         N_("Name"),                       HALL_TYPED_LINE },
  { NULL,                "address",      N_("Mail address"),               HALL_TYPED_LINE },
  { NULL,                "zone",         N_("Time zone"),                  HALL_TYPED_NOT },
  { NULL,                "duration",     N_("Length in minutes"),          HALL_TYPED_NUMBER },
  { NULL,                "status",       N_("State"),                      HALL_TYPED_NOT },
  { NULL,                "chat",         N_("Chat"),                       HALL_TYPED_NOT },
};

/* The model's words for states, as people say them. */
static const char *const words[][2] = {
  { "scheduled", N_("Scheduled") }, { "cancelled", N_("Cancelled") }, { "draft", N_("Draft") },
  { "published", N_("Published") }, { "invited", N_("Invited") }, { "confirmed", N_("Confirmed") },
  { "declined", N_("Declined") }, { "open", N_("Open") }, { "answered", N_("Answered") },
  { "skipped", N_("Skipped") }, { "going", N_("Going") }, { "waitlist", N_("On the waitlist") },
};

static const KindName *
find_kind (const HallKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (kind_names[i].kind == kind)
      return &kind_names[i];

  return NULL;
}

static const FieldName *
find_field (const HallKind  *kind,
            const HallField *field)
{
  if (field->flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (field_names); i++)
    if ((field_names[i].kind == NULL || field_names[i].kind == kind) && strcmp (field_names[i].field, field->name) == 0)
      return &field_names[i];

  return NULL;
}

/**
 * hall_field_text_icon:
 * @kind: a kind
 *
 * Returns: (transfer none): the name of its symbolic icon
 */
const char *
hall_field_text_icon (const HallKind *kind)
{
  const KindName *name = find_kind (kind);

  return name != NULL ? name->icon : "text-x-generic-symbolic";
}

/**
 * hall_field_text_kind:
 * @kind: a kind
 *
 * Returns: (transfer none): what one of the kind is called, such as "Chat"
 */
const char *
hall_field_text_kind (const HallKind *kind)
{
  const KindName *name = find_kind (kind);

  return name != NULL ? gettext (name->title) : _("Entry");
}

/**
 * hall_field_text_name:
 * @kind: a kind
 * @field: one of its fields
 *
 * Returns: (transfer none) (nullable): what the field is called, such as "Title"; NULL when it is not shown
 */
const char *
hall_field_text_name (const HallKind  *kind,
                      const HallField *field)
{
  const FieldName *name;

  g_return_val_if_fail (kind != NULL && field != NULL, NULL);

  name = find_field (kind, field);

  return name != NULL ? gettext (name->title) : NULL;
}

/**
 * hall_field_text_typed:
 * @kind: a kind
 * @field: one of its fields
 *
 * Returns: how another value can be typed
 */
HallTyped
hall_field_text_typed (const HallKind  *kind,
                       const HallField *field)
{
  const FieldName *name;

  g_return_val_if_fail (kind != NULL && field != NULL, HALL_TYPED_NOT);

  name = find_field (kind, field);

  return name != NULL ? name->typed : HALL_TYPED_NOT;
}

static char *
say_time (gconstpointer    value,
          const HallField *field)
{
  const HallKind  *kind = ((const HallValue *) value)->kind;
  const HallField *fold = hall_kind_find_field (kind, "fold");

  return hall_when_say (hall_value_get_text (value, field),
                        hall_value_get_text (value, hall_kind_find_field (kind, "zone")),
                        fold != NULL ? hall_value_get_int (value, fold) : 0);
}

/* Something that has only an id is told by who chose it. */
static const char *
say_choice (HallSide side)
{
  switch (side) {
  case HALL_SIDE_MINE:
    return _("The one chosen here");
  case HALL_SIDE_THEIRS:
    return _("The one chosen on the service");
  case HALL_SIDE_BEFORE:
  default:
    return _("The one it was");
  }
}

static char *
say_text (const HallField *field,
          const char      *text,
          HallSide         side)
{
  if (text == NULL || *text == '\0')
    /* Translators: a field, such as an address, in which nothing is written */
    return g_strdup (_("Nothing"));

  if (strcmp (field->name, "chat") == 0 || strcmp (field->name, "series") == 0)
    return g_strdup (say_choice (side));

  if (strcmp (field->name, "zone") == 0)
    return hall_moment_text_place (text);

  if (strcmp (field->name, "status") == 0)
    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
      if (strcmp (words[i][0], text) == 0)
        return g_strdup (gettext (words[i][1]));

  return g_strdup (text);
}

/**
 * hall_field_text_say:
 * @value: a value
 * @field: one of its fields
 * @side: whose version it is
 * @zone: the host's zone
 * @now: microseconds since 1970 in UTC
 *
 * Returns: (transfer full): what the field says, for people; never empty
 */
char *
hall_field_text_say (gconstpointer    value,
                     const HallField *field,
                     HallSide         side,
                     const char      *zone,
                     gint64           now)
{
  gint64 number;

  g_return_val_if_fail (value != NULL && field != NULL && zone != NULL, NULL);

  if (field->type == HALL_FIELD_TEXT && strcmp (field->name, "wall") == 0)
    return say_time (value, field);
  if (field->type == HALL_FIELD_TEXT)
    return say_text (field, hall_value_get_text (value, field), side);

  number = hall_value_get_int (value, field);
  if (field->type == HALL_FIELD_BOOL)
    return g_strdup (number != 0 ? _("Yes") : _("No"));
  if (field->type == HALL_FIELD_MOMENT)
    return number != 0 ? hall_moment_text_stamp (number, zone, now) : g_strdup (_("Nothing"));
  if (number == 0 && strcmp (field->name, "capacity") == 0)
    return g_strdup (_("No limit"));

  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}
