/* SPDX-License-Identifier: GPL-3.0-or-later
 * One row of a HallValueList. */
#include "ui/hall-value-item.h"

#include "format/hall-fold.h"

#include <string.h>

struct _HallValueItem {
  GObject          parent_instance;
  gpointer         value;
  HallChatSummary *summary; /* NULL for what is no chat */
  char            *folded;  /* NULL until somebody searches */
};

enum { PROP_VALUE = 1, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (HallValueItem, hall_value_item, G_TYPE_OBJECT)

static gboolean
same_numbers (HallChatSummary *a,
              HallChatSummary *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return hall_chat_summary_get_starts_at (a) == hall_chat_summary_get_starts_at (b) &&
         hall_chat_summary_get_going (a) == hall_chat_summary_get_going (b) &&
         hall_chat_summary_get_waitlist (a) == hall_chat_summary_get_waitlist (b) &&
         hall_chat_summary_get_questions (a) == hall_chat_summary_get_questions (b) &&
         hall_chat_summary_get_open_questions (a) == hall_chat_summary_get_open_questions (b);
}

static void
hall_value_item_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HallValueItem *self = HALL_VALUE_ITEM (object);

  switch (id) {
  case PROP_VALUE:
    g_value_set_boxed (value, self->value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
hall_value_item_finalize (GObject *object)
{
  HallValueItem *self = HALL_VALUE_ITEM (object);

  hall_value_unref (self->value);
  g_clear_object (&self->summary);
  g_free (self->folded);

  G_OBJECT_CLASS (hall_value_item_parent_class)->finalize (object);
}

static void
hall_value_item_class_init (HallValueItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hall_value_item_get_property;
  object_class->finalize = hall_value_item_finalize;

  props[PROP_VALUE] = g_param_spec_boxed ("value", NULL, NULL, HALL_TYPE_VALUE,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hall_value_item_init (HallValueItem *self)
{
}

/**
 * hall_value_item_new:
 * @value: a value
 * @summary: (nullable): the numbers of @value, when it is a chat
 *
 * Returns: (transfer full): an item that holds @value
 */
HallValueItem *
hall_value_item_new (gconstpointer    value,
                     HallChatSummary *summary)
{
  HallValueItem *self;

  g_return_val_if_fail (value != NULL, NULL);

  self = g_object_new (HALL_TYPE_VALUE_ITEM, NULL);
  self->value = hall_value_ref (value);
  g_set_object (&self->summary, summary);

  return self;
}

/**
 * hall_value_item_get_value:
 * @self: an item
 *
 * Returns: (transfer none): the value as it is now, to be cast to its struct
 */
gconstpointer
hall_value_item_get_value (HallValueItem *self)
{
  g_return_val_if_fail (HALL_IS_VALUE_ITEM (self), NULL);

  return self->value;
}

/**
 * hall_value_item_get_summary:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the numbers of a chat; NULL for anything else
 */
HallChatSummary *
hall_value_item_get_summary (HallValueItem *self)
{
  g_return_val_if_fail (HALL_IS_VALUE_ITEM (self), NULL);

  return self->summary;
}

/**
 * hall_value_item_get_id:
 * @self: an item
 *
 * Returns: (transfer none): the id of its value, which never changes
 */
const char *
hall_value_item_get_id (HallValueItem *self)
{
  g_return_val_if_fail (HALL_IS_VALUE_ITEM (self), NULL);

  return ((const HallValue *) self->value)->id;
}

/**
 * hall_value_item_get_folded:
 * @self: an item
 * @make_words: tells what of a value is searched in
 *
 * Folding takes its time, so it is done once for each value, and only when somebody searches.
 *
 * Returns: (transfer none): what @make_words told, as hall_fold() has it
 */
const char *
hall_value_item_get_folded (HallValueItem *self,
                            char *       (*make_words) (gconstpointer value))
{
  g_return_val_if_fail (HALL_IS_VALUE_ITEM (self), NULL);
  g_return_val_if_fail (make_words != NULL, NULL);

  if (self->folded == NULL) {
    g_autofree char *words = make_words (self->value);

    self->folded = hall_fold (words);
  }

  return self->folded;
}

/**
 * hall_value_item_set_value:
 * @self: an item
 * @value: a newer value with the same id
 * @summary: (nullable): its newer numbers
 *
 * Notifies "value" when either says something else than before.
 */
void
hall_value_item_set_value (HallValueItem   *self,
                           gconstpointer    value,
                           HallChatSummary *summary)
{
  gboolean same;

  g_return_if_fail (HALL_IS_VALUE_ITEM (self));
  g_return_if_fail (value != NULL);
  g_return_if_fail (strcmp (((const HallValue *) value)->id, hall_value_item_get_id (self)) == 0);

  same = hall_value_equal (self->value, value) && same_numbers (self->summary, summary);
  hall_value_unref (self->value);
  self->value = hall_value_ref (value);
  g_set_object (&self->summary, summary);
  if (same)
    return;

  g_clear_pointer (&self->folded, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
}
