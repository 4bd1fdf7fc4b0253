module app.model {
  exports app.model;

  provides app.model.Audited with
      app.model.Audited.Plain;
}
