/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks the library again whenever the table has changed, and tells of the difference only. */
#include "ui/hall-value-list.h"

#include "app/hall-problem.h"
#include "model/hall-attendee.h"
#include "model/hall-question.h"

#include <gtk/gtk.h>
#include <string.h>

struct _HallValueList {
  GObject               parent_instance;
  HallKeeper           *keeper;
  const HallKind       *kind;
  char                 *parent;
  HallValueListArrange  arrange;
  gpointer              data;
  GCancellable         *cancellable;
  GPtrArray            *all;   /* HallValueItem, as they came, hidden ones too */
  GPtrArray            *items; /* those that are shown, as they are shown */
  guint                 split;  /* where the second section begins */
  char                 *problem;
  gboolean              loaded;
  gboolean              loading;
  gboolean              stale;   /* something changed while loading */
  gboolean              skipped; /* the last answer was not shown, because it was stale */
};

enum { PROP_LOADED = 1, PROP_N_ITEMS, PROP_PROBLEM, N_PROPS };

static GParamSpec *props[N_PROPS];

static void list_model_init    (GListModelInterface      *iface);
static void section_model_init (GtkSectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HallValueList, hall_value_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, section_model_init))

static const char *
id_of (GPtrArray *items,
       guint      i)
{
  return hall_value_item_get_id (items->pdata[i]);
}

/* Items that stay keep their object, so that selection, focus and scrolling stay with them. */
static GPtrArray *
make_items (HallValueList *self,
            GPtrArray     *answer)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray             *items = g_ptr_array_new_full (answer->len, g_object_unref);

  for (guint i = 0; i < self->all->len; i++)
    g_hash_table_insert (known, (gpointer) id_of (self->all, i), self->all->pdata[i]);

  for (guint i = 0; i < answer->len; i++) {
    HallChatSummary *summary = self->kind == &hall_chat_kind ? answer->pdata[i] : NULL;
    const HallValue *value = summary != NULL ? (gconstpointer) hall_chat_summary_get_chat (summary) : answer->pdata[i];
    HallValueItem   *item = g_hash_table_lookup (known, value->id);

    if (item != NULL)
      hall_value_item_set_value (item, value, summary);
    g_ptr_array_add (items, item != NULL ? g_object_ref (item) : hall_value_item_new (value, summary));
  }

  return items;
}

/* Replaces the items and tells of the shortest stretch that differs. */
static void
take_items (HallValueList *self,
            GPtrArray     *items,
            guint          split)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->items);
  guint                 common = MIN (before->len, items->len);
  guint                 head = 0, tail = 0;
  gboolean              moved = self->split != split;

  while (head < common && before->pdata[head] == items->pdata[head])
    head++;
  while (tail < common - head &&
         before->pdata[before->len - 1 - tail] == items->pdata[items->len - 1 - tail])
    tail++;

  self->items = g_ptr_array_ref (items);
  self->split = split;
  if (head + tail < before->len || head + tail < items->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, before->len - head - tail, items->len - head - tail);
  if (moved && items->len > 0)
    gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), 0, items->len);
  if (before->len != items->len)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

static void
show_items (HallValueList *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint                 split;

  for (guint i = 0; i < self->all->len; i++)
    if (!hall_keeper_hides (self->keeper, id_of (self->all, i)))
      g_ptr_array_add (items, g_object_ref (self->all->pdata[i]));

  split = self->arrange != NULL ? self->arrange (items, self->data) : items->len;
  take_items (self, items, split);
}

static void load (HallValueList *self);

static void
take_answer (HallValueList *self,
             GPtrArray     *answer,
             const GError  *error)
{
  g_autofree char *problem = answer == NULL ? hall_problem_say (error) : NULL;

  self->loading = FALSE;
  /* An answer that was read before the host's last edit would undo it on screen. Only one in a row is left
   * out, so that a long exchange with a service does not keep the list from moving. */
  self->skipped = self->stale && self->loaded && !self->skipped;
  if (self->skipped) {
    load (self);
    return;
  }

  if (answer != NULL) {
    GPtrArray *items = make_items (self, answer);

    g_ptr_array_unref (self->all);
    self->all = items;
    show_items (self);
  }

  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
  if (!self->loaded) {
    self->loaded = TRUE;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED]);
  }
  if (self->stale)
    load (self);
}

/* In both: a cancelled answer belongs to a list that is gone, which is not to be touched. */
static void
on_listed (GObject      *library,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) answer = hall_library_list_finish (HALL_LIBRARY (library), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    take_answer (user_data, answer, error);
}

static void
on_summarised (GObject      *library,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) answer = hall_chat_summary_list_finish (HALL_LIBRARY (library), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    take_answer (user_data, answer, error);
}

static void
load (HallValueList *self)
{
  HallLibrary *library = hall_keeper_get_library (self->keeper);

  self->stale = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  if (self->kind == &hall_chat_kind)
    hall_chat_summary_list_async (library, NULL, self->cancellable, on_summarised, self);
  else
    hall_library_list_async (library, self->kind, self->parent, self->cancellable, on_listed, self);
}

static void
on_library_changed (HallLibrary        *library,
                    const char *const  *tables,
                    HallValueList      *self)
{
  if (g_strv_contains (tables, self->kind->plural) ||
      (self->kind == &hall_chat_kind &&
       (g_strv_contains (tables, hall_attendee_kind.plural) || g_strv_contains (tables, hall_question_kind.plural))))
    load (self);
}

static void
on_hidden_changed (HallKeeper    *keeper,
                   const char    *id,
                   HallValueList *self)
{
  show_items (self);
}

static GType
get_item_type (GListModel *model)
{
  return HALL_TYPE_VALUE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return HALL_VALUE_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  HallValueList *self = HALL_VALUE_LIST (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
get_section (GtkSectionModel *model,
             guint            position,
             guint           *start,
             guint           *end)
{
  HallValueList *self = HALL_VALUE_LIST (model);

  if (position >= self->items->len) {
    *start = self->items->len;
    *end = G_MAXUINT;
  } else if (position < self->split) {
    *start = 0;
    *end = self->split;
  } else {
    *start = self->split;
    *end = self->items->len;
  }
}

static void
section_model_init (GtkSectionModelInterface *iface)
{
  iface->get_section = get_section;
}

static void
hall_value_list_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HallValueList *self = HALL_VALUE_LIST (object);

  switch (id) {
  case PROP_LOADED:
    g_value_set_boolean (value, self->loaded);
    break;
  case PROP_N_ITEMS:
    g_value_set_uint (value, self->items->len);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
hall_value_list_dispose (GObject *object)
{
  HallValueList *self = HALL_VALUE_LIST (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (hall_value_list_parent_class)->dispose (object);
}

static void
hall_value_list_finalize (GObject *object)
{
  HallValueList *self = HALL_VALUE_LIST (object);

  g_clear_object (&self->keeper);
  g_clear_object (&self->cancellable);
  g_free (self->parent);
  g_free (self->problem);
  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (hall_value_list_parent_class)->finalize (object);
}

static void
hall_value_list_class_init (HallValueListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hall_value_list_get_property;
  object_class->dispose = hall_value_list_dispose;
  object_class->finalize = hall_value_list_finalize;

  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hall_value_list_init (HallValueList *self)
{
  self->cancellable = g_cancellable_new ();
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * hall_value_list_new:
 * @keeper: whose library to read, and who hides what the host has thrown away
 * @kind: which kind of values
 * @parent: (nullable): id of what they belong to, as for hall_library_list_async()
 * @arrange: (nullable): puts them in order and in two sections; NULL for the library's order in one section
 * @data: for @arrange; has to outlive the list
 *
 * Main loop only.
 *
 * Returns: (transfer full): an empty list that begins to load
 */
HallValueList *
hall_value_list_new (HallKeeper           *keeper,
                     const HallKind       *kind,
                     const char           *parent,
                     HallValueListArrange  arrange,
                     gpointer              data)
{
  HallValueList *self;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (HALL_TYPE_VALUE_LIST, NULL);
  self->keeper = g_object_ref (keeper);
  self->kind = kind;
  self->parent = g_strdup (parent);
  self->arrange = arrange;
  self->data = data;
  g_signal_connect_object (hall_keeper_get_library (keeper), "changed", G_CALLBACK (on_library_changed), self, 0);
  g_signal_connect_object (keeper, "hidden-changed", G_CALLBACK (on_hidden_changed), self, 0);
  load (self);

  return self;
}

/**
 * hall_value_list_get_loaded:
 * @self: a list
 *
 * Returns: whether the library has answered once, so that an empty list is truly empty
 */
gboolean
hall_value_list_get_loaded (HallValueList *self)
{
  g_return_val_if_fail (HALL_IS_VALUE_LIST (self), FALSE);

  return self->loaded;
}

/**
 * hall_value_list_get_split:
 * @self: a list
 *
 * Returns: position of the first item of the second section
 */
guint
hall_value_list_get_split (HallValueList *self)
{
  g_return_val_if_fail (HALL_IS_VALUE_LIST (self), 0);

  return self->split;
}

/**
 * hall_value_list_holds:
 * @self: a list
 * @id: an id
 *
 * Returns: whether the library has it and the host has not thrown it away, shown or not
 */
gboolean
hall_value_list_holds (HallValueList *self,
                       const char    *id)
{
  g_return_val_if_fail (HALL_IS_VALUE_LIST (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  for (guint i = 0; i < self->all->len; i++)
    if (strcmp (id_of (self->all, i), id) == 0)
      return !hall_keeper_hides (self->keeper, id);

  return FALSE;
}

/**
 * hall_value_list_arrange:
 * @self: a list
 *
 * Puts the values in order again, because what the order depends on has changed: the time, for one.
 */
void
hall_value_list_arrange (HallValueList *self)
{
  g_return_if_fail (HALL_IS_VALUE_LIST (self));

  show_items (self);
}

/**
 * hall_value_list_find:
 * @self: a list
 * @id: an id
 * @position: (out) (optional): where it is
 *
 * Returns: (transfer none) (nullable): the item with that id
 */
HallValueItem *
hall_value_list_find (HallValueList *self,
                      const char    *id,
                      guint         *position)
{
  g_return_val_if_fail (HALL_IS_VALUE_LIST (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    if (strcmp (id_of (self->items, i), id) == 0) {
      if (position != NULL)
        *position = i;
      return self->items->pdata[i];
    }

  return NULL;
}
