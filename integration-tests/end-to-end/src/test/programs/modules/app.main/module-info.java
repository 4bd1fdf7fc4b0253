module app.main {
  requires app.model;

  uses app.model.Audited;
}
