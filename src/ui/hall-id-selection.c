/* SPDX-License-Identifier: GPL-3.0-or-later
 * Passes a HallValueList on, with its sections, and adds which item is selected. */
#include "ui/hall-id-selection.h"

struct _HallIdSelection {
  GObject        parent_instance;
  HallValueList *list;
  char          *id; /* NULL for none; it may be absent from the list for a while */
};

enum { PROP_SELECTED_ID = 1, N_PROPS };

static GParamSpec *props[N_PROPS];

static void list_model_init      (GListModelInterface        *iface);
static void section_model_init   (GtkSectionModelInterface   *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HallIdSelection, hall_id_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, section_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

static gboolean
find_position (HallIdSelection *self,
               guint           *position)
{
  return self->id != NULL && hall_value_list_find (self->list, self->id, position) != NULL;
}

static void
on_items_changed (GListModel      *list,
                  guint            position,
                  guint            removed,
                  guint            added,
                  HallIdSelection *self)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
on_sections_changed (GtkSectionModel *list,
                     guint            position,
                     guint            n_items,
                     HallIdSelection *self)
{
  gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), position, n_items);
}

static GType
get_item_type (GListModel *model)
{
  return HALL_TYPE_VALUE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (HALL_ID_SELECTION (model)->list));
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (HALL_ID_SELECTION (model)->list), position);
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
  gtk_section_model_get_section (GTK_SECTION_MODEL (HALL_ID_SELECTION (model)->list), position, start, end);
}

static void
section_model_init (GtkSectionModelInterface *iface)
{
  iface->get_section = get_section;
}

static gboolean
is_selected (GtkSelectionModel *model,
             guint              position)
{
  HallIdSelection *self = HALL_ID_SELECTION (model);
  guint            selected;

  return find_position (self, &selected) && selected == position;
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model,
                        guint              position,
                        guint              n_items)
{
  HallIdSelection *self = HALL_ID_SELECTION (model);
  GtkBitset       *set = gtk_bitset_new_empty ();
  guint            selected;

  if (find_position (self, &selected))
    gtk_bitset_add (set, selected);

  return set;
}

static gboolean
select_item (GtkSelectionModel *model,
             guint              position,
             gboolean           unselect_rest)
{
  HallIdSelection          *self = HALL_ID_SELECTION (model);
  g_autoptr (HallValueItem) item = g_list_model_get_item (G_LIST_MODEL (self), position);

  if (item == NULL)
    return FALSE;

  hall_id_selection_set_id (self, hall_value_item_get_id (item));
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
}

static void
hall_id_selection_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  HallIdSelection *self = HALL_ID_SELECTION (object);

  switch (id) {
  case PROP_SELECTED_ID:
    g_value_set_string (value, self->id);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
hall_id_selection_finalize (GObject *object)
{
  HallIdSelection *self = HALL_ID_SELECTION (object);

  g_clear_object (&self->list);
  g_free (self->id);

  G_OBJECT_CLASS (hall_id_selection_parent_class)->finalize (object);
}

static void
hall_id_selection_class_init (HallIdSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hall_id_selection_get_property;
  object_class->finalize = hall_id_selection_finalize;

  props[PROP_SELECTED_ID] = g_param_spec_string ("selected-id", NULL, NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hall_id_selection_init (HallIdSelection *self)
{
}

/**
 * hall_id_selection_new:
 * @list: the list
 *
 * Returns: (transfer full): a selection in @list with nothing selected
 */
HallIdSelection *
hall_id_selection_new (HallValueList *list)
{
  HallIdSelection *self;

  g_return_val_if_fail (HALL_IS_VALUE_LIST (list), NULL);

  self = g_object_new (HALL_TYPE_ID_SELECTION, NULL);
  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_items_changed), self, 0);
  g_signal_connect_object (list, "sections-changed", G_CALLBACK (on_sections_changed), self, 0);

  return self;
}

/**
 * hall_id_selection_get_id:
 * @self: a selection
 *
 * Returns: (transfer none) (nullable): the id that is selected
 */
const char *
hall_id_selection_get_id (HallIdSelection *self)
{
  g_return_val_if_fail (HALL_IS_ID_SELECTION (self), NULL);

  return self->id;
}

/**
 * hall_id_selection_set_id:
 * @self: a selection
 * @id: (nullable): what to select; it need not be in the list yet. NULL for nothing
 */
void
hall_id_selection_set_id (HallIdSelection *self,
                          const char      *id)
{
  guint before = 0, after = 0;
  gboolean had, has;

  g_return_if_fail (HALL_IS_ID_SELECTION (self));

  had = find_position (self, &before);
  if (!g_set_str (&self->id, id))
    return;

  has = find_position (self, &after);
  if (had || has) {
    guint from = had && has ? MIN (before, after) : had ? before : after;
    guint to = had && has ? MAX (before, after) : from;

    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), from, to - from + 1);
  }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED_ID]);
}
