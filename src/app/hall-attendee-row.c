/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row object that keeps its identity while its value comes, changes or moves in the list. */
#include "app/hall-attendee-row.h"

struct _HallAttendeeRow {
  GObject             parent_instance;

  gint64              number;
  const HallAttendee *value;
  char               *question;
};

G_DEFINE_FINAL_TYPE (HallAttendeeRow, hall_attendee_row, G_TYPE_OBJECT)

enum {
  PROP_VALUE = 1,
  PROP_NAME,
  PROP_ADDRESS,
  PROP_STATUS,
  PROP_SIGNED_UP_AT,
  PROP_QUESTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
hall_attendee_row_finalize (GObject *object)
{
  HallAttendeeRow *self = HALL_ATTENDEE_ROW (object);

  hall_value_unref (self->value);
  g_free (self->question);

  G_OBJECT_CLASS (hall_attendee_row_parent_class)->finalize (object);
}

static void
hall_attendee_row_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  HallAttendeeRow *self = HALL_ATTENDEE_ROW (object);

  switch (id) {
  case PROP_VALUE:
    g_value_set_boxed (value, self->value);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->value != NULL ? self->value->name : NULL);
    break;
  case PROP_ADDRESS:
    g_value_set_string (value, self->value != NULL ? self->value->address : NULL);
    break;
  case PROP_STATUS:
    g_value_set_string (value, self->value != NULL ? self->value->status : NULL);
    break;
  case PROP_SIGNED_UP_AT:
    g_value_set_int64 (value, self->value != NULL ? self->value->signed_up_at : 0);
    break;
  case PROP_QUESTION:
    g_value_set_string (value, self->question);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
hall_attendee_row_class_init (HallAttendeeRowClass *klass)
{
  GObjectClass    *object_class = G_OBJECT_CLASS (klass);
  GParamFlags      flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = hall_attendee_row_finalize;
  object_class->get_property = hall_attendee_row_get_property;

  properties[PROP_VALUE] = g_param_spec_boxed ("value", NULL, NULL, HALL_TYPE_VALUE, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  properties[PROP_SIGNED_UP_AT] = g_param_spec_int64 ("signed-up-at", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_QUESTION] = g_param_spec_string ("question", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hall_attendee_row_init (HallAttendeeRow *self)
{
}

/**
 * hall_attendee_row_new:
 * @number: the row's number in the library
 *
 * Returns: (transfer full): a row without a value
 */
HallAttendeeRow *
hall_attendee_row_new (gint64 number)
{
  HallAttendeeRow *self = g_object_new (HALL_TYPE_ATTENDEE_ROW, NULL);

  self->number = number;

  return self;
}

/**
 * hall_attendee_row_get_number:
 * @self: a row
 *
 * Returns: the row's number in the library
 */
gint64
hall_attendee_row_get_number (HallAttendeeRow *self)
{
  g_return_val_if_fail (HALL_IS_ATTENDEE_ROW (self), 0);

  return self->number;
}

/**
 * hall_attendee_row_get_value:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the attendee; NULL until it has been read
 */
const HallAttendee *
hall_attendee_row_get_value (HallAttendeeRow *self)
{
  g_return_val_if_fail (HALL_IS_ATTENDEE_ROW (self), NULL);

  return self->value;
}

/**
 * hall_attendee_row_get_question:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what the attendee asks, several questions on a line each; NULL for nothing
 */
const char *
hall_attendee_row_get_question (HallAttendeeRow *self)
{
  g_return_val_if_fail (HALL_IS_ATTENDEE_ROW (self), NULL);

  return self->question;
}

/**
 * hall_attendee_row_fill:
 * @self: a row
 * @value: the attendee as it now is
 * @question: (nullable): what the attendee asks
 *
 * Takes what was read and notifies of what differs from before, and of nothing else. Main loop only.
 */
void
hall_attendee_row_fill (HallAttendeeRow    *self,
                        const HallAttendee *value,
                        const char         *question)
{
  const HallAttendee *before;

  g_return_if_fail (HALL_IS_ATTENDEE_ROW (self));
  g_return_if_fail (value != NULL);

  g_object_freeze_notify (G_OBJECT (self));

  if (g_set_str (&self->question, question))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUESTION]);

  before = self->value;
  if (before == NULL || !hall_value_equal (before, value)) {
    self->value = hall_value_ref (value);
    for (guint id = PROP_VALUE; id <= PROP_SIGNED_UP_AT; id++)
      g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
    hall_value_unref (before);
  }

  g_object_thaw_notify (G_OBJECT (self));
}
