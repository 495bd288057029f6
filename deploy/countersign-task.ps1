# Adds a task that runs Countersign from this checkout: at log-on, restarted when it fails. Remove it with
#   Unregister-ScheduledTask -TaskName Countersign
$folder = Split-Path -Parent $PSScriptRoot
$node = (Get-Item (Join-Path $folder 'node_modules\node-win-*\bin\node.exe')).FullName
$action = New-ScheduledTaskAction -Execute $node -Argument 'bin\countersign.js run' -WorkingDirectory $folder
$trigger = New-ScheduledTaskTrigger -AtLogOn
$settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew
Register-ScheduledTask -TaskName 'Countersign' -Action $action -Trigger $trigger -Settings $settings -Force
