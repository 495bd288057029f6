# Adds a task that runs Countersign from this checkout: at log-on, restarted when it fails. Remove it with
#   Unregister-ScheduledTask -TaskName Countersign
$folder = Split-Path -Parent $PSScriptRoot
$node = Join-Path $folder 'node_modules\node\bin\node.exe'
$action = New-ScheduledTaskAction -Execute $node -Argument 'src\main.ts' -WorkingDirectory $folder
$trigger = New-ScheduledTaskTrigger -AtLogOn
$settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew
Register-ScheduledTask -TaskName 'Countersign' -Action $action -Trigger $trigger -Settings $settings -Force
